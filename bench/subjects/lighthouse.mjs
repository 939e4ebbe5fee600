// Lighthouse's main-thread tasks, computed from a trace alone as its audits do.
import { readFileSync } from 'node:fs';
import { MainThreadTasks } from 'lighthouse/core/computed/main-thread-tasks.js';

const { traceEvents } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const tasks = await MainThreadTasks.request({ traceEvents }, { computedCache: new Map() });
if (tasks.length === 0) throw new Error('no tasks');
