import type { MetricName } from '../result/session-summary.ts';
import {
  type SignedRankPlan,
  UP_TO_24_PAIRS,
  UP_TO_40_PAIRS,
  upToPairs,
} from '../stats/sequential-signed-rank.ts';
import { ONE_MORE } from '../result/summary/pair-ratio.ts';

/** How two versions are compared. */
export interface CompareSettings {
  /** The metrics that decide, for every step that has them. */
  readonly metrics: readonly MetricName[];
  /** A metric may be higher by so many percent before it is of interest. */
  readonly marginPercent: number;
  /** How many pairs there may be at most. It decides how often one may look, and so must not depend on what was seen. */
  readonly maxPairs: number;
}

export const DEFAULT_METRICS: readonly MetricName[] = ['inpMs', 'icpMs'];
export const DEFAULT_MARGIN_PERCENT = 10;
export const DEFAULT_PAIRS = 24;
/** Within a load: three quarters of the noise of a click lie there. */
export const DEFAULT_REPETITIONS = 5;
export const THOROUGH_PAIRS = 40;
/** Fewer can't show that anything regressed, however large it is. */
export const FEWEST_PAIRS = 12;

/** A shorter difference can be the wait for a frame alone: 60 Hz. */
export const FRAME_MS: number = 1000 / 60;
export const floorOf = (unit: 'ms' | 'count'): number => (unit === 'ms' ? FRAME_MS : ONE_MORE);

/** When to look, and what may be said then. */
export const planOf = ({ maxPairs }: CompareSettings): SignedRankPlan =>
  upToPairs(maxPairs <= DEFAULT_PAIRS ? UP_TO_24_PAIRS : UP_TO_40_PAIRS, maxPairs);

/** A failed load voids its pair: a quarter more may be recorded for those. */
export const plannedPairs = ({ maxPairs }: CompareSettings): number => maxPairs + Math.ceil(maxPairs / 4);
