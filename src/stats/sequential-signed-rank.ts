import { signedRank } from './signed-rank.ts';

/** When to look at the pairs, and how small a p-value tells at each look. */
export interface SignedRankPlan {
  /** After how many pairs, ascending. */
  readonly looks: readonly number[];
  /** At each look: the p-value up to which the second side is said to be slower. Undefined where nothing may be said yet. */
  readonly slower: readonly (number | undefined)[];
  /** At each look: the p-value up to which it is said not to be slower by the margin. */
  readonly notSlower: readonly (number | undefined)[];
}

/**
 * Twenty-four pairs at most: 0.474 % for a false "slower", 4.48 % for a false "not slower", each over all looks together, and
 * exact: made by `npm run sim -- --boundaries`, which follows all signs of all pairs. "Slower" spends
 * most of its error late, where small changes are found; "not slower" spends more of it early, where most comparisons end.
 */
export const UP_TO_24_PAIRS: SignedRankPlan = {
  looks: [8, 12, 16, 20, 24],
  slower: [undefined, 0.00048828125, 0.001068115234375, 0.001827239990234375, 0.003258049488067627],
  notSlower: [0.0078125, 0.010498046875, 0.014495849609375, 0.019994735717773438, 0.02632039785385132],
};

/**
 * The same with forty pairs at most. So many have too many signs to be followed: made by the same command from a million drawn
 * sequences of pairs that do not differ. The test at each look is exact all the same.
 */
export const UP_TO_40_PAIRS: SignedRankPlan = {
  looks: [8, 12, 16, 20, 26, 32, 40],
  slower: [
    undefined,
    0.000732421875,
    0.0006561279296875,
    0.0008449554443359375,
    0.0012053847312927246,
    0.0016895951703190804,
    0.0024353591634280747,
  ],
  notSlower: [
    0.00390625, 0.004638671875, 0.00775146484375, 0.009616851806640625, 0.014575451612472534,
    0.020669983699917793, 0.031092046418052632,
  ],
};

/** As much of a plan as so many pairs allow: fewer looks spend less of what may be spent. */
export const upToPairs = ({ looks, slower, notSlower }: SignedRankPlan, most: number): SignedRankPlan => {
  const count = looks.filter((look) => look <= most).length;
  return {
    looks: looks.slice(0, count),
    slower: slower.slice(0, count),
    notSlower: notSlower.slice(0, count),
  };
};

export type SignedRankVerdict = 'slower' | 'not-slower' | 'inconclusive';

export interface SignedRankOutcome {
  readonly verdict: SignedRankVerdict;
  /** After how many pairs the verdict stood; how many there were if none did. */
  readonly pairs: number;
  /** Of "slower", at that look. */
  readonly p: number;
  /** The p-value that would have told "slower" there. Undefined before the first look that may. */
  readonly threshold: number | undefined;
}

/** One pair, on the scale on which differences are taken. */
export interface PairDifference {
  /** Second less first. */
  readonly difference: number;
  /** By how much the second may exceed the first without harm. */
  readonly margin: number;
}

/**
 * Judges pairs in the order in which they were planned.
 * @param metrics How many metrics are judged together: each may say "slower" falsely that much less often (Bonferroni).
 */
export function judgePairs(
  judged: readonly PairDifference[],
  plan: SignedRankPlan,
  metrics: number,
): SignedRankOutcome {
  const differences = judged.map(({ difference }) => difference);
  const looks = [...plan.looks.entries()].filter(([, pairs]) => pairs <= differences.length);
  let last: SignedRankOutcome | undefined;
  for (const [index, pairs] of looks) {
    const seen = differences.slice(0, pairs);
    const p = signedRank(seen);
    const slower = plan.slower[index];
    const threshold = slower === undefined ? undefined : slower / metrics;
    const found = (verdict: SignedRankVerdict): SignedRankOutcome => ({ verdict, pairs, p, threshold });
    if (threshold !== undefined && p <= threshold) return found('slower');
    const shortfall = signedRank(judged.slice(0, pairs).map(({ difference, margin }) => margin - difference));
    if (shortfall <= (plan.notSlower[index] ?? -1)) return found('not-slower');
    last = found('inconclusive');
  }
  const pairs = differences.length;
  return {
    verdict: 'inconclusive',
    pairs,
    p: signedRank(differences),
    threshold: last?.pairs === pairs ? last.threshold : undefined,
  };
}
