// What Lighthouse says of a trace's tasks.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { MainThreadTasks } from 'lighthouse/core/computed/main-thread-tasks.js';

const parsed = JSON.parse(gunzipSync(readFileSync(process.argv[2] ?? '')).toString());
const trace = Array.isArray(parsed) ? { traceEvents: parsed } : parsed;
const tasks = await MainThreadTasks.request(trace, { computedCache: new Map() });
const durations = tasks.filter(({ parent }) => parent === undefined).map(({ duration }) => duration);
const long = durations.filter((ms) => ms > 50);
process.stdout.write(
  JSON.stringify({
    longTasks: long.length,
    longestTaskMs: Math.max(0, ...durations),
    totalBlockingTimeMs: long.reduce((sum, ms) => sum + ms - 50, 0),
  }),
);
