// What INPact says of a trace, in the figures that the other engines have too.
import { analyze } from '../../dist/src/analyze.js';
import { readTrace } from '../../dist/src/node/read-trace.js';

const file = process.argv[2] ?? '';
const trace = await analyze({ file, bytes: readTrace(file) });

/** Undefined where it is unavailable. */
const known = (/** @type {unknown} */ figure) => (typeof figure === 'number' ? figure : undefined);

const inp = 'durationMs' in trace.inp ? trace.inp : undefined;
process.stdout.write(
  JSON.stringify({
    interactions: trace.interactions.length,
    inpMs: inp?.durationMs ?? 0,
    inputDelayMs: inp?.inputDelayMs ?? 0,
    processingDurationMs: inp?.processingDurationMs ?? 0,
    requestStartsMs: trace.requests.map(({ startMs }) => startMs),
    statuses: trace.requests.map(({ status }) => known(status) ?? 0).toSorted((a, b) => a - b),
    redirects: trace.requests.reduce((sum, { redirects }) => sum + redirects.length, 0),
    fromCache: trace.requests.filter(({ fromCache }) => fromCache).length,
    webSockets: trace.webSockets.length,
    cumulativeLayoutShift: trace.layoutShifts.cumulativeScore,
    firstContentfulPaintMs: known(trace.paints.firstContentfulPaintMs),
    largestContentfulPaintMs: known(trace.paints.largestContentfulPaintMs),
    longTasks: known(trace.longTasks.count),
    longestTaskMs: known(trace.longTasks.longestMs),
    totalBlockingTimeMs: known(trace.longTasks.totalBlockingTimeMs),
    firstEventUs: trace.firstEventUs,
  }),
);
