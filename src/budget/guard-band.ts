import { serialCorrelation } from '../stats/serial-correlation.ts';
import type { Limit } from './budget.ts';
import { valueAt } from './value-at.ts';

/**
 * How many standard errors, and how much is made of their correlation: up to so many runs, from so many on, and in between on
 * the straight line. Far more than a probability of 1 % would ask of runs that are independent: where they are not, too few of
 * them show too little of how they hang together. With 20 runs the band is as wide as still lets a tenth more be found; 40 runs show enough
 * for one that keeps false alarms below 1 %. Found by simulation; docs/statistics.md has what it costs and what it leaves.
 */
const FEW = { runs: 20, errors: 3, power: 1 / 2 };
const MANY = { runs: 40, errors: 4.25, power: 1 };

/** From so many runs on a machine whose speed wanders is hardly taken for a page that is slow. */
export const RUNS_FOR_ANY_MACHINE: number = MANY.runs;

/** So strong a correlation can't be told from one that makes any mean worthless. */
const STRONGEST = 0.9;

/**
 * Whether a level is so far over its limit that the mood of the machine, which runs may share, hardly explains it. Counting runs
 * takes them for independent; this doesn't. The standard error of a mean is widened as for a series of the first order,
 * √((1 + r) / (1 − r)): Bayley & Hammersley 1946, Supplement to the JRSS 8, 184–197; of many runs by up to the square of that, as r is
 * estimated too low where the mood lasts long.
 */
export function isBeyondGuardBand(
  values: readonly number[],
  { max, quantile }: Pick<Limit, 'max' | 'quantile'>,
): boolean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const lag1 = Math.min(STRONGEST, Math.max(0, serialCorrelation(values)?.lag1 ?? 0));
  const many = Math.min(1, Math.max(0, (values.length - FEW.runs) / (MANY.runs - FEW.runs)));
  const widened = ((1 + lag1) / (1 - lag1)) ** between(FEW.power, MANY.power, many);
  const standardError = Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) * widened;
  // For the median the mean, which goes by all runs: of runs in two heaps a median says little.
  const level = quantile === 'median' ? mean : valueAt(values, quantile);
  return level - max > between(FEW.errors, MANY.errors, many) * standardError;
}

const between = (from: number, to: number, share: number): number => from + share * (to - from);
