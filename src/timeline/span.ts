import type { TraceTime } from '../base/units.ts';

/** A stretch of time. */
export interface Span {
  readonly start: TraceTime;
  readonly end: TraceTime;
}
