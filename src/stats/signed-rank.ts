/**
 * How likely differences of pairs would be at least as large as these, if neither side were larger: the exact one-sided
 * signed-rank test. It assumes no distribution; a random order inside each pair makes it exact. Equal sizes share their
 * mean rank, and zeros are left out. Wilcoxon 1945; Hollander & Wolfe, Nonparametric Statistical Methods, section 3.1.
 * @returns From 0 to 1; 1 where no difference is other than 0.
 */
export function signedRank(differences: readonly number[]): number {
  const ranks = doubledRanks(differences.filter((difference) => difference !== 0));
  const positive = sum(ranks.filter(({ isPositive }) => isPositive));
  return upperTail(
    ranks.map(({ rank }) => rank),
    positive,
  );
}

interface Ranked {
  /** Twice the rank: the mean of two ranks may be half a number. */
  readonly rank: number;
  readonly isPositive: boolean;
}

const sum = (ranks: readonly Ranked[]): number => ranks.reduce((total, { rank }) => total + rank, 0);

function doubledRanks(differences: readonly number[]): readonly Ranked[] {
  const bySize = differences.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  const sizes = bySize.map(Math.abs);
  return bySize.map((difference, index) => {
    const first = firstEqual(sizes, index);
    const last = lastEqual(sizes, index);
    return { rank: first + last + 2, isPositive: difference > 0 };
  });
}

/** Logarithms of equal ratios may differ in their last bits. */
const EQUAL = 1e-12;

const isEqual = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && Math.abs(a - b) <= EQUAL;

function firstEqual(sizes: readonly number[], index: number): number {
  let first = index;
  while (isEqual(sizes[first - 1], sizes[first])) first--;
  return first;
}

function lastEqual(sizes: readonly number[], index: number): number {
  let last = index;
  while (isEqual(sizes[last + 1], sizes[last])) last++;
  return last;
}

/** The probability that the ranks which a coin picks add up to at least so much. */
function upperTail(ranks: readonly number[], atLeast: number): number {
  const most = ranks.reduce((total, rank) => total + rank, 0);
  const probability = new Float64Array(most + 1);
  probability[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    for (let total = reached; total >= 0; total--) {
      const half = (probability[total] ?? 0) / 2;
      probability[total] = half;
      probability[total + rank] = (probability[total + rank] ?? 0) + half;
    }
    reached += rank;
  }
  return Math.min(
    1,
    probability.subarray(atLeast).reduce((tail, share) => tail + share, 0),
  );
}
