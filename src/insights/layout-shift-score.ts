import { micro } from '../base/units.ts';
import type { LayoutShift } from '../timeline/layout-shifts.ts';

/** Shifts belong together while each comes within 1 s of the one before, and all within 5 s of the first. */
const LONGEST_GAP = micro(1_000_000);
const LONGEST_SESSION = micro(5_000_000);

/** The worst session's sum of unexpected shifts. https://web.dev/articles/cls */
export function cumulativeLayoutShift(shifts: readonly LayoutShift[]): number {
  let worst = 0;
  let sum = 0;
  let first = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { ts, score, hadRecentInput } of shifts) {
    if (hadRecentInput) continue;
    if (ts - last > LONGEST_GAP || ts - first > LONGEST_SESSION) {
      sum = 0;
      first = ts;
    }
    last = ts;
    sum += score;
    worst = Math.max(worst, sum);
  }
  return worst;
}
