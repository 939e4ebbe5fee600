import { isUnavailable, type Unavailable } from '../../src/base/measure.ts';

/** By how much something differs. */
export interface Shift {
  readonly estimateMs: number;
  readonly lowMs: number;
  readonly highMs: number;
}

/** A shift's place on the scale that all of a table share. All are shares of its width, 0 to 1. */
export interface IntervalMark {
  readonly low: number;
  readonly high: number;
  readonly estimate: number;
  readonly zero: number;
}

/** One mark for each, undefined where no shift could be had. The scale always holds zero. */
export function intervalMarks(
  shifts: readonly (Shift | Unavailable)[],
): readonly (IntervalMark | undefined)[] {
  const ends = shifts.flatMap((shift) => (isUnavailable(shift) ? [] : [shift.lowMs, shift.highMs]));
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const length = high - low || 1;
  const at = (value: number): number => (value - low) / length;
  return shifts.map((shift) =>
    isUnavailable(shift)
      ? undefined
      : { low: at(shift.lowMs), high: at(shift.highMs), estimate: at(shift.estimateMs), zero: at(0) },
  );
}
