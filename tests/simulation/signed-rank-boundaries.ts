import { randomNumbers } from '../../src/base/random.ts';
import { signedRank } from '../../src/stats/signed-rank.ts';

export interface BoundaryOptions {
  /** After how many pairs there is a look, ascending. */
  readonly looks: readonly number[];
  /** How likely a crossing may be, over all looks together, of pairs that do not differ. */
  readonly error: number;
  /** How many sequences of pairs to draw. */
  readonly sequences: number;
  readonly seed: number;
}

export interface Boundaries {
  /** At each look the largest p-value that crosses. */
  readonly thresholds: readonly (number | undefined)[];
  /** The share of sequences that crossed any. */
  readonly spent: number;
}

/** How fast the error may be spent: the later a look, the more it tells. */
const SPENDING_POWER = 1.5;

/**
 * Finds p-values so that exact signed-rank tests at several looks cross falsely no more often than wanted. Under the null the
 * signs are coins and the order of sizes is any, so one draw of uniform numbers stands for all distributions.
 */
export function signedRankBoundaries({ looks, error, sequences, seed }: BoundaryOptions): Boundaries {
  const pValues = drawnPValues(looks, sequences, randomNumbers(seed));
  const most = looks.at(-1) ?? 0;
  let alive = Array.from({ length: sequences }, (_, sequence) => sequence);
  let spent = 0;
  const thresholds = looks.map((look, index) => {
    const own = pValues[index] ?? new Float64Array();
    const maySpend = error * (look / most) ** SPENDING_POWER - spent / sequences;
    const threshold = largestWithin(
      Float64Array.from(alive, (sequence) => own[sequence] ?? 1).toSorted(),
      maySpend * sequences,
    );
    const left = alive.filter((sequence) => threshold === undefined || (own[sequence] ?? 1) > threshold);
    spent += alive.length - left.length;
    alive = left;
    return threshold;
  });
  return { thresholds, spent: spent / sequences };
}

/** How often sequences of pairs that do not differ cross given thresholds. */
export function crossingRate(
  { looks, sequences, seed }: Omit<BoundaryOptions, 'error'>,
  thresholds: readonly (number | undefined)[],
): number {
  const pValues = drawnPValues(looks, sequences, randomNumbers(seed));
  const crosses = (sequence: number): boolean =>
    thresholds.some((threshold, look) => (pValues[look]?.[sequence] ?? 1) <= (threshold ?? -1));
  return (
    Array.from({ length: sequences }, (_, sequence) => crosses(sequence)).filter(Boolean).length / sequences
  );
}

/** The p-value of each sequence at each look. */
function drawnPValues(
  looks: readonly number[],
  sequences: number,
  random: () => number,
): readonly Float64Array[] {
  const most = looks.at(-1) ?? 0;
  const tails = looks.map(upperTails);
  const pValues = looks.map(() => new Float64Array(sequences));
  for (let sequence = 0; sequence < sequences; sequence++) {
    const differences = Float64Array.from({ length: most }, () => random() - 0.5);
    for (const [index, look] of looks.entries()) {
      const column = pValues[index];
      if (column !== undefined) column[sequence] = tails[index]?.[rankSum(differences, look)] ?? 1;
    }
  }
  return pValues;
}

/** The sum of the positive differences' ranks: of continuous numbers no two are equal. */
function rankSum(differences: Float64Array, count: number): number {
  const bySize = differences.slice(0, count).toSorted((a, b) => Math.abs(a) - Math.abs(b));
  return bySize.reduce((sum, difference, index) => (difference > 0 ? sum + index + 1 : sum), 0);
}

/** The exact p-value of each sum of ranks. */
function upperTails(pairs: number): Float64Array {
  const most = (pairs * (pairs + 1)) / 2;
  const tails = new Float64Array(most + 1);
  // Any differences whose positive ones have that sum will do: ranks taken greedily from the largest.
  for (let sum = 0; sum <= most; sum++) tails[sum] = signedRank(differencesWithSum(pairs, sum));
  return tails;
}

function differencesWithSum(pairs: number, sum: number): readonly number[] {
  let missing = sum;
  return Array.from({ length: pairs }, (_, index) => pairs - index).map((rank) => {
    if (rank > missing) return -rank;
    missing -= rank;
    return rank;
  });
}

/** The largest of the values so that no more than so many are up to it; they are in order. */
function largestWithin(values: Float64Array, mayCross: number): number | undefined {
  const allowed = Math.floor(mayCross);
  // All that equal the first that must not cross stay out with it.
  const first = values[allowed];
  if (first === undefined) return values.at(-1);
  return values.findLast((value, index) => index < allowed && value < first);
}
