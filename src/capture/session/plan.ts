import { randomNumbers } from '../../base/random.ts';
import type { Shard } from '../../result/session.ts';

/** One load to be recorded. */
export interface PlannedLoad {
  readonly variant: string;
  /** Loads of one round are recorded back to back. Warm-up rounds come first and count from 0 like the others. */
  readonly round: number;
  readonly warmUp: boolean;
}

export interface PlanOptions {
  readonly variants: readonly string[];
  /** Rounds that count. */
  readonly runs: number;
  readonly warmUps: number;
  readonly seed: number;
  /** All of the plan, if absent. */
  readonly shard?: Shard;
}

/**
 * Interleaves the variants, in a random order inside each round: whatever drifts on the machine then hits all alike, and
 * the signed-rank test on the pairs is exact. A shard has all warm-ups, and every so manieth of the rounds that count: the loads of a
 * round stay on one machine.
 */
export function planLoads({ variants, runs, warmUps, seed, shard }: PlanOptions): readonly PlannedLoad[] {
  const random = randomNumbers(seed);
  const { index, of } = shard ?? { index: 1, of: 1 };
  return Array.from({ length: warmUps + runs }, (_, round) =>
    shuffled(variants, random).map((variant) => ({ variant, round, warmUp: round < warmUps })),
  )
    .filter((_, round) => round < warmUps || (round - warmUps) % of === index - 1)
    .flat();
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(Math.floor(random() * left.length), 1));
}
