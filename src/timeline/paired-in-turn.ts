import type { TraceTime } from '../base/units.ts';
import type { Span } from './span.ts';

/**
 * Pairs each begin with the next end, where things of one kind follow each other on a thread and ids are of no use. Where
 * there are more of the one than of the other, some were lost: then a begin that another follows before any end is left
 * out, so that one loss does not shift all that comes after it.
 */
export function pairedInTurn<Begin extends { readonly ts: TraceTime }>(
  begins: readonly Begin[],
  ends: readonly TraceTime[],
): readonly (Begin & Span)[] {
  const isComplete = begins.length === ends.length;
  const sorted = begins.toSorted((a, b) => a.ts - b.ts);
  const inOrder = ends.toSorted((a, b) => a - b);
  let next = 0;
  return sorted.flatMap((begin, index) => {
    while ((inOrder[next] ?? Number.POSITIVE_INFINITY) < begin.ts) next++;
    const end = inOrder[next];
    const following = sorted[index + 1]?.ts ?? Number.POSITIVE_INFINITY;
    if (end === undefined || (end > following && !isComplete)) return [];
    next++;
    return { ...begin, start: begin.ts, end };
  });
}
