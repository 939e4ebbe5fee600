import { type Unavailable, unavailable } from '../base/measure.ts';
import { between, type Micro, type TraceTime } from '../base/units.ts';
import type { ContentfulPaints } from '../timeline/rendering/contentful-paints.ts';
import type { Interaction } from '../timeline/input/interactions.ts';

export type IcpReason = 'not-recorded' | 'no-contentful-change';

/** From the input to the paints that show its result. */
export interface InteractionToContentfulPaint {
  /** What the times count from: when the event was created that Chrome follows. */
  readonly start: TraceTime;
  /** "Something changed." */
  readonly first: Micro;
  /** "The result is there." */
  readonly last: Micro;
  /** When the change was made that the last of them shows. */
  readonly modified: TraceTime;
  /** Whether that is an image, which is painted when it has loaded. */
  readonly isImage: boolean;
}

/**
 * Chrome follows the click, the key press or the release of the pointer, not the pressing down before it: the times count
 * from the event that it follows.
 */
export function interactionToContentfulPaint(
  { pid, eventStarts }: Interaction,
  { recorded, paints, byInput }: ContentfulPaints,
): InteractionToContentfulPaint | Unavailable<IcpReason> {
  const places = eventStarts.flatMap((input) => byInput.get(input) ?? []).toSorted((a, b) => a - b);
  const own = places.flatMap((place) => paints[place] ?? []).filter((paint) => paint.pid === pid);
  const first = own[0];
  const last = own.at(-1);
  if (first === undefined || last === undefined) {
    return unavailable(recorded ? 'no-contentful-change' : 'not-recorded');
  }
  return {
    start: last.inputStart,
    first: between(first.inputStart, first.presented),
    last: between(last.inputStart, last.presented),
    modified: last.modified,
    isImage: last.isImage,
  };
}
