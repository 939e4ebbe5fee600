import { micro } from '../base/units.ts';
import { type Navigation, navigationAt } from '../timeline/page/navigations.ts';
import type { LayoutShift } from '../timeline/rendering/layout-shifts.ts';

/** Shifts belong together while each comes within 1 s of the one before, and all within 5 s of the first. */
const LONGEST_GAP = micro(1_000_000);
const LONGEST_SESSION = micro(5_000_000);

/** The worst session's sum of unexpected shifts: a session ends with its document. https://web.dev/articles/cls */
export function cumulativeLayoutShift(
  shifts: readonly LayoutShift[],
  navigations: readonly Navigation[],
): number {
  let worst = 0;
  let sum = 0;
  let first = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let shifted: Navigation | undefined;
  for (const { ts, score, hadRecentInput } of shifts) {
    if (hadRecentInput) continue;
    const document = navigationAt(navigations, ts);
    if (ts - last > LONGEST_GAP || ts - first > LONGEST_SESSION || document !== shifted) {
      sum = 0;
      first = ts;
    }
    last = ts;
    shifted = document;
    sum += score;
    worst = Math.max(worst, sum);
  }
  return worst;
}
