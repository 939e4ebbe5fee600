import { isUnavailable } from '../../src/base/measure.ts';
import type { ClaimFinding } from '../../src/result/session.ts';

/** A shift's place on the scale that a claim's findings share. All are shares of its width, 0 to 1. */
export interface IntervalMark {
  readonly low: number;
  readonly high: number;
  readonly estimate: number;
  readonly zero: number;
}

/** One mark per finding, undefined where no shift could be had. The scale always holds zero. */
export function intervalMarks(findings: readonly ClaimFinding[]): readonly (IntervalMark | undefined)[] {
  const ends = findings.flatMap(({ shift }) => (isUnavailable(shift) ? [] : [shift.lowMs, shift.highMs]));
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const length = high - low || 1;
  const at = (value: number): number => (value - low) / length;
  return findings.map(({ shift }) =>
    isUnavailable(shift)
      ? undefined
      : { low: at(shift.lowMs), high: at(shift.highMs), estimate: at(shift.estimateMs), zero: at(0) },
  );
}
