// The whole analysis by INPact's library: what `inpact analyze --json` prints, without the command line's own start, with the flags of V8 that
// the command line sets.
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--no-turbofan');
setFlagsFromString('--no-incremental-marking');
setFlagsFromString('--semi-space-growth-factor=1');
await import('./analyze-default-mode.mjs');
