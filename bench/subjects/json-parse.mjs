// The floor of every tool that needs the whole trace as objects: read, make a string, parse.
import { readFileSync } from 'node:fs';

const { traceEvents } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
if (!Array.isArray(traceEvents)) throw new Error('no events');
