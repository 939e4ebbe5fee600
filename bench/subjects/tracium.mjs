import { readFileSync } from 'node:fs';
import tracium from 'tracium';

const { traceEvents } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
if (tracium.computeMainThreadTasks({ traceEvents }).length === 0) throw new Error('no tasks');
