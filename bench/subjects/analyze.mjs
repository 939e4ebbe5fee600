// The whole analysis by INPact's library: what `inpact analyze --json` prints, without the command line's own start, in the mode of V8 that
// the command line chooses.
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--efficiency-mode');
setFlagsFromString('--semi-space-growth-factor=1');
await import('./analyze-default-mode.mjs');
