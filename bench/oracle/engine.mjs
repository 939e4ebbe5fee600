// What the DevTools engine says of a trace.
import { analyzeTrace } from '@paulirish/trace_engine/analyze-trace.mjs';
import { Processor } from '@paulirish/trace_engine/models/trace/trace.js';

// Its insights take most of its time, fail on some traces, and are not compared.
// @ts-expect-error -- Its type wants all of them.
Processor.TraceProcessor.getInsightRunners = () => ({});

const firstEventUs = Number(process.argv[3]);
const { parsedTrace } = await analyzeTrace(process.argv[2] ?? '');
const { LayoutShifts, Meta, NetworkRequests, PageLoadMetrics, UserInteractions } = parsedTrace.data;
const sinceFirst = (/** @type {number} */ us) => Math.round(us - firstEventUs) / 1000;

/** @type {Map<number, { dur: number, inputDelay: number, mainThreadHandling: number }>} */
const longest = new Map();
for (const event of UserInteractions.interactionEventsWithNoNesting) {
  if ((longest.get(event.interactionId)?.dur ?? -1) < event.dur) longest.set(event.interactionId, event);
}
const slowest = [...longest.values()].toSorted((a, b) => b.dur - a.dur);
const inp = slowest[Math.min(9, Math.floor(slowest.length / 50))];

/** Of the last navigation that has it. */
function paintOf(/** @type {string} */ name) {
  const scores = [...(PageLoadMetrics.metricScoresByFrameId.get(Meta.mainFrameId)?.values() ?? [])];
  const times = scores.flatMap((byName) => byName.get(name)?.event?.ts ?? []).toSorted((a, b) => a - b);
  const last = times.at(-1);
  return last === undefined ? undefined : sinceFirst(last);
}

/** @type {(request: { syntheticData?: { isDiskCached?: boolean, isMemoryCached?: boolean } }) => boolean} */
const isFromCache = ({ syntheticData: of }) => of?.isDiskCached === true || of?.isMemoryCached === true;

const requests = NetworkRequests.byTime.map(({ ts, args: { data } }) => ({ ts, ...data }));
process.stdout.write(
  `\n${JSON.stringify({
    interactions: new Set(UserInteractions.interactionEvents.map((e) => `${e.pid}|${e.interactionId}`)).size,
    inpMs: (inp?.dur ?? 0) / 1000,
    inputDelayMs: (inp?.inputDelay ?? 0) / 1000,
    processingDurationMs: (inp?.mainThreadHandling ?? 0) / 1000,
    requestStartsMs: requests.map(({ ts }) => sinceFirst(ts)).toSorted((a, b) => a - b),
    statuses: requests.map(({ statusCode }) => statusCode ?? 0).toSorted((a, b) => a - b),
    redirects: requests.reduce((sum, { redirects }) => sum + redirects.length, 0),
    fromCache: requests.filter(isFromCache).length,
    webSockets: NetworkRequests.webSocket.length,
    cumulativeLayoutShift: LayoutShifts.sessionMaxScore,
    firstContentfulPaintMs: paintOf('FCP'),
    largestContentfulPaintMs: paintOf('LCP'),
  })}`,
);
