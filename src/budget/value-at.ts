import { median } from '../base/median.ts';
import type { BudgetQuantile } from './budget.ts';

const SHARE = { p75: 0.75, p98: 0.98 } as const;

/** A quantile of runs, NaN of none. Above the median it is the smallest value that so many do not exceed: none is made up between two. */
export function valueAt(values: readonly number[], quantile: BudgetQuantile): number {
  if (quantile === 'median') return median(values);
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.ceil(values.length * SHARE[quantile]) - 1] ?? Number.NaN;
}
