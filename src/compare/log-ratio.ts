import { isUnavailable } from '../base/measure.ts';
import type { ComparedPair } from '../result/comparison.ts';
import type { PairDifference } from '../stats/sequential-signed-rank.ts';

/** Below it values have no telling ratio: a hundred times the trace's clock in milliseconds, or a tenth of one in a count. */
const LEAST = 0.1;

/** The logarithm of b by a: times vary by a factor, and a factor is what a user feels. */
const logRatio = (a: number, b: number): number => Math.log(Math.max(b, LEAST) / Math.max(a, LEAST));

export interface Margin {
  readonly percent: number;
  /** In the metric's unit. */
  readonly floor: number;
}

/**
 * The pairs that count, as logarithms. The margin is taken from each pair's own base value: "not slower by the margin" is then an
 * exact test of whether the changed version is like a base to which the margin was added.
 */
export function pairDifferences(pairs: readonly ComparedPair[], margin: Margin): readonly PairDifference[] {
  return pairs.flatMap(({ base, changed, counts }) => {
    if (!counts || isUnavailable(base) || isUnavailable(changed)) return [];
    const allowed = Math.max(base * (1 + margin.percent / 100), base + margin.floor);
    return { difference: logRatio(base, changed), margin: logRatio(base, allowed) };
  });
}
