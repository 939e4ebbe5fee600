// The whole analysis by INPact's library as any program calls it.
import { readTrace } from '../../dist/src/node/read-trace.js';
import { analyze } from '../../dist/src/analyze.js';

const file = process.argv[2] ?? '';
process.stdout.write(JSON.stringify(await analyze({ file, bytes: readTrace(file) })));
