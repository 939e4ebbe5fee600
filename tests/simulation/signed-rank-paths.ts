/** What exact thresholds cost: each pair more doubles the states. */
const MOST_PAIRS = 26;

export interface ExactBoundaryOptions {
  /** After how many pairs there is a look, ascending. At most 26, since the number of states doubles with each pair. */
  readonly looks: readonly number[];
  /** How likely a crossing may be, over all looks together, of pairs that do not differ. */
  readonly error: number;
  /** How fast it may be spent: the later a look, the more it tells. */
  readonly spendingPower: number;
}

export interface ExactBoundaries {
  /** At each look the largest p-value that crosses. */
  readonly thresholds: readonly (number | undefined)[];
  /** The exact probability of having crossed by each look. */
  readonly spent: readonly number[];
}

/**
 * Finds the p-values by dynamic programming. The state is the signs of all pairs in the order of their sizes, since the next pair's
 * size falls between any two of these with equal probability, whatever the distribution: it is inserted there, with either
 * sign. A sequence that has crossed is taken out, so that what is left at the next look is exactly what has not.
 */
export function exactSignedRankBoundaries(options: ExactBoundaryOptions): ExactBoundaries {
  const { looks, error, spendingPower } = options;
  const most = looks.at(-1) ?? 0;
  const thresholds: (number | undefined)[] = [];
  const spent = followed(looks, (tails, sums, total, look) => {
    const threshold = largestWithin(tails, sums, error * (look / most) ** spendingPower - total);
    thresholds.push(threshold);
    return threshold;
  });
  return { thresholds, spent };
}

/** The exact probability that pairs which do not differ have crossed given thresholds by each look. */
export function exactCrossing(
  looks: readonly number[],
  thresholds: readonly (number | undefined)[],
): readonly number[] {
  return followed(looks, (_tails, _sums, _spent, look) => thresholds[looks.indexOf(look)]);
}

/** Decides the threshold of a look, from each rank sum's p-value and the probability that is left at it. */
type Decide = (tails: Float64Array, left: Float64Array, spent: number, look: number) => number | undefined;

function followed(looks: readonly number[], decide: Decide): readonly number[] {
  const most = looks.at(-1) ?? 0;
  if (most > MOST_PAIRS) throw new RangeError(`${String(most)} pairs have too many states to be followed`);
  let alive: Float64Array = Float64Array.of(1);
  let spent = 0;
  const spentBy: number[] = [];
  for (let pairs = 1; pairs <= most; pairs++) {
    alive = withOneMorePair(alive, pairs);
    if (!looks.includes(pairs)) continue;
    const sums = rankSums(pairs);
    const tails = upperTails(sums, pairs);
    const threshold = decide(tails, bySum(alive, sums, tails.length), spent, pairs);
    spent += takeOut(alive, sums, tails, threshold);
    spentBy.push(spent);
  }
  return spentBy;
}

/** Every state of `pairs` signs can have come from as many states of one sign less, by the insertion of any of its signs. */
function withOneMorePair(before: Float64Array, pairs: number): Float64Array {
  const after = new Float64Array(before.length * 2);
  for (let state = 0; state < after.length; state++) {
    let sum = 0;
    for (let place = 0; place < pairs; place++) {
      const low = state & ((1 << place) - 1);
      sum += before[low | ((state >> (place + 1)) << place)] ?? 0;
    }
    after[state] = sum / (2 * pairs);
  }
  return after;
}

/** The sum of the ranks of each state's positive signs: bit 0 is the smallest pair. */
function rankSums(pairs: number): Uint16Array {
  const sums = new Uint16Array(2 ** pairs);
  for (let state = 1; state < sums.length; state++) {
    const highest = 31 - Math.clz32(state);
    sums[state] = (sums[state ^ (1 << highest)] ?? 0) + highest + 1;
  }
  return sums;
}

/** The p-value of each sum: the share of all states whose sum is at least as large. */
function upperTails(sums: Uint16Array, pairs: number): Float64Array {
  const tails = new Float64Array((pairs * (pairs + 1)) / 2 + 1);
  for (const sum of sums) tails[sum] = (tails[sum] ?? 0) + 1;
  for (let sum = tails.length - 2; sum >= 0; sum--) tails[sum] = (tails[sum] ?? 0) + (tails[sum + 1] ?? 0);
  return tails.map((count) => count / sums.length);
}

function bySum(alive: Float64Array, sums: Uint16Array, length: number): Float64Array {
  const left = new Float64Array(length);
  for (const [state, sum] of sums.entries()) left[sum] = (left[sum] ?? 0) + (alive[state] ?? 0);
  return left;
}

function largestWithin(tails: Float64Array, left: Float64Array, maySpend: number): number | undefined {
  let threshold: number | undefined;
  let probability = 0;
  for (let sum = tails.length - 1; sum >= 0; sum--) {
    probability += left[sum] ?? 0;
    if (probability > maySpend) break;
    threshold = tails[sum];
  }
  return threshold;
}

/** @returns The probability of what was taken out. */
function takeOut(
  alive: Float64Array,
  sums: Uint16Array,
  tails: Float64Array,
  threshold: number | undefined,
): number {
  if (threshold === undefined) return 0;
  let taken = 0;
  for (const [state, sum] of sums.entries()) {
    if ((tails[sum] ?? 1) > threshold) continue;
    taken += alive[state] ?? 0;
    alive[state] = 0;
  }
  return taken;
}
