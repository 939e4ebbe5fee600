import { between } from '../../base/units.ts';
import type { EventTiming } from './event-timings.ts';

/**
 * How exactly Chrome wrote the times of interactions. Until about 107 all of them in steps of 8 ms and the parts in whole
 * milliseconds; from 108 the whole to the microsecond; from about 132 the parts too.
 */
export type Precision = 'microsecond' | 'parts-in-milliseconds' | 'steps-of-8-milliseconds';

/** Told by the trace's own figures, since its version is not always there. `microsecond` of a trace without interactions. */
export function precisionOf(timings: readonly EventTiming[]): Precision {
  const events = timings.filter(({ interactionId }) => interactionId !== 0);
  if (events.some(({ hasWholeMilliseconds }) => !hasWholeMilliseconds) || events.length === 0) {
    return 'microsecond';
  }
  const isRounded = events.every(({ start, end }) => between(start, end) % STEP === 0);
  return isRounded ? 'steps-of-8-milliseconds' : 'parts-in-milliseconds';
}

/** Of the Event Timing API, in µs. https://www.w3.org/TR/event-timing/#sec-security */
const STEP = 8000;
