import { type BinomialPlan, binomialPlan } from '../stats/sequential-binomial.ts';
import type { BudgetQuantile } from './budget.ts';

/** How often "over" may be said of a page that is exactly at its budget. */
const FALSE_OVER = 0.01;
/** How often "within" may be said of one. */
const FALSE_WITHIN = 0.05;

const SHARE: Readonly<Record<BudgetQuantile, number>> = { median: 0.5, p75: 0.75, p98: 0.98 };

/**
 * How many runs it takes until any outcome could show that the quantile is within its limit: with fewer, all of them within
 * it are still too likely for a page at its budget. 5 for the median, 11 for p75, 149 for p98.
 */
export const fewestRuns = (quantile: BudgetQuantile): number =>
  Math.ceil(Math.log(FALSE_WITHIN) / Math.log(SHARE[quantile]));

/** Looks at every fifth run up to twenty, then at every tenth, and at the last that was planned. */
export function quantilePlan(quantile: BudgetQuantile, plannedRuns: number): BinomialPlan {
  return binomialPlan({
    looks: [...(quantile === 'p98' ? [] : looksBefore(plannedRuns)), plannedRuns],
    quantile: SHARE[quantile],
    alpha: FALSE_OVER,
    beta: FALSE_WITHIN,
  });
}

const looksBefore = (plannedRuns: number): readonly number[] =>
  Array.from({ length: Math.max(0, plannedRuns - 1) }, (_, index) => index + 1).filter(
    (runs) => runs % (runs <= 20 ? 5 : 10) === 0,
  );
