import { lastWhere } from '../base/last-where.ts';
import type { TraceTime } from '../base/units.ts';
import type { ForcedReflow } from '../timeline/rendering/forced-reflow.ts';
import { sameThread, type Thread } from '../timeline/threads/thread.ts';

/**
 * Those of a thread that begin in a stretch of time. What the tool that drives the page forced is no part of the page.
 * @param reflows In order of time.
 */
export function forcedWithin(
  reflows: readonly ForcedReflow[],
  thread: Thread,
  start: TraceTime,
  end: TraceTime,
): readonly ForcedReflow[] {
  const startOf = (index: number): number => reflows[index]?.start ?? Infinity;
  const from = lastWhere(reflows.length, (index) => startOf(index) < start) + 1;
  const to = lastWhere(reflows.length, (index) => startOf(index) < end) + 1;
  return reflows
    .slice(from, to)
    .filter((reflow) => sameThread(reflow, thread) && reflow.forcedBy?.url.startsWith('pptr:') !== true);
}
