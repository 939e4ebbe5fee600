import type { Unavailable } from '../base/measure.ts';
import type { MetricName } from './session-summary.ts';

export interface Claim {
  readonly id: string;
  /** As the team states it. */
  readonly text: string;
  /** `partly`: confirmed in some steps and refuted in others. */
  readonly verdict: ClaimVerdict | 'partly';
  readonly findings: readonly ClaimFinding[];
}

export type ClaimVerdict = 'confirmed' | 'refuted' | 'inconclusive';

/** How the claim fared in one step. */
export interface ClaimFinding {
  readonly step: string;
  readonly metric: MetricName;
  readonly verdict: ClaimVerdict;
  /** By how much the first variant's value exceeds the second's, in milliseconds. */
  readonly shift: Shift | Unavailable;
  /** One sentence with the figures in it. */
  readonly sentence: string;
}

/** A shift between pairs: the Hodges–Lehmann estimate with its exact signed-rank interval. */
export interface Shift {
  readonly estimateMs: number;
  readonly lowMs: number;
  readonly highMs: number;
  /** The interval's exact confidence, 0 to 1. */
  readonly confidence: number;
  readonly pairs: number;
}
