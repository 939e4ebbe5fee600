import { type Measure, unavailable } from '../../base/measure.ts';
import { between, later, micro, toMs, type TraceTime } from '../../base/units.ts';
import { hasTasks, mainThreadTasks } from '../../insights/main-thread.ts';
import { blockingTime, LONG_TASK } from '../../metrics/blocking.ts';
import type { Facts } from '../../timeline/facts.ts';
import type { LoadingPaint } from '../../timeline/rendering/paints.ts';
import type { Paints } from '../trace-result.ts';

/** The loading paints of the last document that the main frame showed. */
export function describePaints(facts: Facts): Paints {
  const { loadingPaints, start } = facts;
  const own = loadingPaints.filter((paint) => isOfLastDocument(paint, facts));
  const first = own.findLast(({ kind }) => kind === 'first-contentful-paint')?.ts;
  const largest = own.findLast(
    ({ kind, ts }) => kind === 'largest-contentful-paint-candidate' && ts >= (first ?? ts),
  )?.ts;
  const since = (time: TraceTime | undefined): Measure<'not-recorded'> =>
    time === undefined ? unavailable('not-recorded') : toMs(between(start, time));
  return {
    firstContentfulPaintMs: since(first),
    largestContentfulPaintMs: since(largest),
    totalBlockingTimeAfterFcpMs: blockingAfter(first, facts),
  };
}

/** A document that came back from a cache, or of which nothing was painted yet, has none: those before it are no paints of its. */
function isOfLastDocument(
  { pid, frame, navigationId, ts }: LoadingPaint,
  { navigations, mainFrame }: Pick<Facts, 'navigations' | 'mainFrame'>,
): boolean {
  const last = navigations.at(-1);
  if (last === undefined) return frame === mainFrame?.frame;
  if (frame !== last.frame) return false;
  // Chrome of 2023 does not say that a prerendered page is shown: where its threads are not the page's, no paint of it is.
  if (frame !== mainFrame?.frame && mainFrame?.threads.every((thread) => thread.pid !== pid) === true)
    return false;
  // The browser may write of a commit when the renderer has painted already.
  const isNamed = navigationId !== undefined && last.navigationId !== undefined;
  return isNamed ? navigationId === last.navigationId : ts >= last.committed;
}

function blockingAfter(first: TraceTime | undefined, facts: Facts): Measure<'not-recorded' | 'no-tasks'> {
  if (first === undefined) return unavailable('not-recorded');
  return hasTasks(facts) ? blockingFrom(first, facts) : unavailable('no-tasks');
}

/** Of a task that began before, only the part after it counts, and 50 ms of that are free. https://web.dev/articles/tbt */
function blockingFrom(from: TraceTime, { mainFrame, tasks }: Facts): number {
  let blocking = 0;
  for (const { start, duration } of mainThreadTasks(mainFrame, tasks, LONG_TASK)) {
    const begins = start > from ? start : from;
    blocking += blockingTime(between(begins, later(start, duration)));
  }
  return toMs(micro(blocking));
}
