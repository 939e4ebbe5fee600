import { lastWhere } from '../base/last-where.ts';
import type { TraceTime } from '../base/units.ts';
import type { SourcePosition } from '../timeline/source-position.ts';
import type { EventsOfThread } from '../timeline/thread-events.ts';

/** The function, or the script, that the browser called and that ran longest between two moments. */
export function longestCall(
  events: EventsOfThread | undefined,
  start: TraceTime,
  end: TraceTime,
): SourcePosition | undefined {
  if (events === undefined) return undefined;
  const { starts, ends, parents, details } = events;
  // What began before the stretch may run into it: the outermost event around its first moment begins earliest.
  let first = Math.max(
    0,
    lastWhere(starts.length, (index) => (starts[index] ?? Infinity) <= start),
  );
  for (let parent = parents[first] ?? -1; parent !== -1; parent = parents[first] ?? -1) first = parent;
  let longest: SourcePosition | undefined;
  let most = 0;
  for (let index = first; index < starts.length && (starts[index] ?? Infinity) < end; index++) {
    const detail = details[index];
    // A layout has a frame, and its position is whoever forced it.
    if (detail?.position === undefined || detail.frame !== '') continue;
    const length = Math.min(ends[index] ?? 0, end) - Math.max(starts[index] ?? 0, start);
    if (length > most) {
      most = length;
      longest = detail.position;
    }
  }
  return longest;
}
