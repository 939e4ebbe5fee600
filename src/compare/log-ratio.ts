import { isUnavailable } from '../base/measure.ts';
import type { ComparedPair } from '../result/comparison.ts';
import { logMargin, logRatio, type Margin } from '../result/summary/pair-ratio.ts';
import type { PairDifference } from '../stats/sequential-signed-rank.ts';

/**
 * The pairs that count, as logarithms. The margin is taken from each pair's own base value: "not slower by the margin" is then an
 * exact test of whether the changed version is like a base to which the margin was added.
 */
export function pairDifferences(pairs: readonly ComparedPair[], margin: Margin): readonly PairDifference[] {
  return pairs.flatMap(({ base, changed, counts }) => {
    if (!counts || isUnavailable(base) || isUnavailable(changed)) return [];
    return { difference: logRatio(base, changed), margin: logMargin(base, margin) };
  });
}
