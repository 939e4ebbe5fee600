import { median } from '../base/median.ts';

/** By how much one of two paired samples exceeds the other. */
export interface PairedShift {
  /** The Hodges–Lehmann estimate: the median of all means of two differences. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** The interval's exact confidence: with few pairs less than was asked for. */
  readonly confidence: number;
}

/**
 * Estimates a shift from the differences of pairs, with the interval that inverts the exact signed-rank test. It assumes
 * no distribution; the random order inside each pair makes it exact. Hollander & Wolfe, Nonparametric Statistical
 * Methods, section 3.3.
 * @returns Undefined for fewer than two differences.
 */
export function pairedShift(differences: readonly number[], confidence = 0.95): PairedShift | undefined {
  if (differences.length < 2) return undefined;
  const means = walshAverages(differences);
  const { skip, tail } = cutOff(differences.length, (1 - confidence) / 2);
  const low = means[skip];
  const high = means[means.length - 1 - skip];
  if (low === undefined || high === undefined) return undefined;
  return { estimate: median(means), low, high, confidence: 1 - 2 * tail };
}

/** The mean of every two differences, and of each with itself; in order. */
function walshAverages(differences: readonly number[]): readonly number[] {
  const means = differences.flatMap((a, index) => differences.slice(index).map((b) => (a + b) / 2));
  return means.toSorted((a, b) => a - b);
}

/** How many of the averages to leave off at each end, so that at most `alpha` of the null distribution lies beyond; and how much does. */
function cutOff(pairs: number, alpha: number): { readonly skip: number; readonly tail: number } {
  const probabilities = signedRankDistribution(pairs);
  let skip = 0;
  let tail = probabilities[0] ?? 0;
  for (const probability of probabilities.slice(1)) {
    if (tail + probability > alpha) break;
    tail += probability;
    skip++;
  }
  return { skip, tail };
}

/** The probability of each sum of ranks, from 0 up, if every rank counts or not by the toss of a coin. */
export function signedRankDistribution(pairs: number): readonly number[] {
  let distribution: readonly number[] = [1];
  for (let rank = 1; rank <= pairs; rank++) {
    const without = distribution;
    distribution = Array.from(
      { length: without.length + rank },
      (_, sum) => ((without[sum] ?? 0) + (without[sum - rank] ?? 0)) / 2,
    );
  }
  return distribution;
}
