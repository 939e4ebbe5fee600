import { serialCorrelation } from '../stats/serial-correlation.ts';
import type { Limit } from './budget.ts';
import { valueAt } from './value-at.ts';

/**
 * In standard errors. Far more than a probability of 1 % would ask of runs that are independent: where they are not, too few of
 * them show too little of how they hang together. Found by simulation; docs/statistics.md has what it costs and what it leaves.
 */
const GUARD_BAND = 3;

/** So strong a correlation can't be told from one that makes any mean worthless. */
const STRONGEST = 0.9;

/**
 * Whether a level is so far over its limit that the mood of the machine, which runs may share, hardly explains it. Counting runs
 * takes them for independent; this doesn't. The standard error of a mean is widened as for a series of the first order,
 * √((1 + r) / (1 − r)): Bayley & Hammersley 1946, Supplement to the JRSS 8, 184–197.
 */
export function isBeyondGuardBand(
  values: readonly number[],
  { max, quantile }: Pick<Limit, 'max' | 'quantile'>,
): boolean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const lag1 = Math.min(STRONGEST, Math.max(0, serialCorrelation(values)?.lag1 ?? 0));
  const widened = Math.sqrt((1 + lag1) / (1 - lag1));
  const standardError = Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) * widened;
  // For the median the mean, which goes by all runs: of runs in two heaps a median says little.
  const level = quantile === 'median' ? mean : valueAt(values, quantile);
  return level - max > GUARD_BAND * standardError;
}
