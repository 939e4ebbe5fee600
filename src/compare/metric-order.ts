import type { ComparedPair, MetricRole } from '../result/comparison.ts';
import type { MetricName } from '../result/session-summary.ts';
import type { SignedRankPlan } from '../stats/sequential-signed-rank.ts';

/** What is to be compared, and by which rule. */
export interface MetricOrder {
  readonly step: string;
  readonly metric: MetricName;
  readonly role: MetricRole;
  readonly pairs: readonly ComparedPair[];
  readonly plan: SignedRankPlan;
  readonly marginPercent: number;
  /** How many pairs are recorded at most, with those that count for nothing. */
  readonly plannedPairs: number;
  /** How many metrics are gated together. */
  readonly gatedMetrics: number;
  /** Whether the pairs were recorded so that a verdict may be drawn from them. */
  readonly isGate: boolean;
}
