// The scan to rows by the plain TypeScript path alone.
import { readTrace } from '../../dist/src/node/read-trace.js';
import { Scanner } from '../../dist/src/trace/scanner.js';

const scanner = new Scanner([], () => undefined, { path: 'plain' });
for await (const chunk of readTrace(process.argv[2] ?? '')) scanner.push(chunk);
if (scanner.end(false).read === 0) throw new Error('no events');
