import type { Measure, Unavailable } from '../base/measure.ts';
import type { Severity, Verdict } from './judgement.ts';
import type { StepChanges } from './changes.ts';
import type { MetricName } from './session-summary.ts';

/** Two versions of a page compared by pairs of loads. The content of `comparison.json`. */
export interface Comparison {
  readonly schemaVersion: 1;
  readonly kind: 'comparison';
  readonly inpactVersion: string;
  readonly command: 'compare';
  /** The scenario. */
  readonly subject: string;
  readonly base: ComparedSide;
  readonly changed: ComparedSide;
  /** `fail`: regressed, or fails more often. Always `inconclusive` where the design makes it no gate. */
  readonly verdict: Verdict;
  readonly design: ComparisonDesign;
  /** Those that are gated first. */
  readonly metrics: readonly ComparedMetric[];
  readonly failures: ComparedFailures;
  /** Where the time went that a regressed step takes more. Empty where none regressed. */
  readonly changes: readonly StepChanges[];
  /** What a reader must know before believing it. */
  readonly notes: readonly string[];
}

export interface ComparedSide {
  readonly name: string;
  readonly description: string;
  /** Of so many loads, without warm-ups, so many were not fit to be judged. */
  readonly loads: number;
  readonly unfit: number;
}

export interface ComparisonDesign {
  /** `interleaved`: pairs recorded back to back in random order. `stored-baseline`: recorded apart, so machine and page are mixed up. */
  readonly pairing: 'interleaved' | 'stored-baseline';
  /** What the order inside each pair was drawn from. */
  readonly seed: number;
  readonly repetitions: number;
  /** After so many pairs the verdict may be given. */
  readonly looks: readonly number[];
  readonly maxPairs: number;
  /** Which were to be compared, for every step that has them. */
  readonly wanted: readonly MetricName[];
  /** By how much a metric may be higher without being called a regression that was ruled out: percent, and at least so much. */
  readonly marginPercent: number;
  readonly marginFloorMs: number;
  /** How many metrics are gated: each may give a false alarm that much less often. */
  readonly gatedMetrics: number;
}

/** What is said of one metric. `improved` and `no-regression` both pass. */
export type Finding = 'regressed' | 'no-regression' | 'improved' | 'inconclusive';

/** `gate` decides. `signal` is shown beside: processor time is steadier than wall time, but does not see waiting. */
export type MetricRole = 'gate' | 'signal';

export interface ComparedMetric {
  readonly step: string;
  readonly metric: MetricName;
  readonly role: MetricRole;
  readonly severity: Severity;
  readonly finding: Finding;
  readonly verdict: Verdict;
  /** All pairs, in the order in which they were planned, with those that count for nothing. */
  readonly pairs: readonly ComparedPair[];
  /** By how many of them the verdict was given. */
  readonly judgedPairs: number;
  /** How likely pairs at least as much slower would be if neither side were slower, at that look. */
  readonly p: number;
  /** Up to here it would be called regressed. Null where no look has come that may. */
  readonly threshold: number | null;
  /** Changed by base: the Hodges–Lehmann estimate. */
  readonly ratio: RatioInterval | Unavailable<'too-few-pairs'>;
  readonly base: SideValues;
  readonly changed: SideValues;
  /** Of the differences with the ones before them: pairs hang together where it is large. */
  readonly lag1: Measure<'too-few-pairs'>;
  /** One sentence with the figures in it. */
  readonly sentence: string;
  /** What would make it conclusive. Null where it is. */
  readonly advice: string | null;
}

export interface ComparedPair {
  readonly round: number;
  /** Whether the base was loaded first. */
  readonly baseFirst: boolean;
  readonly base: Measure;
  readonly changed: Measure;
  /** A pair counts where both loads were fit and gave a value. */
  readonly counts: boolean;
}

export interface RatioInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Over all looks together, 0 to 1. */
  readonly confidence: number;
}

export interface SideValues {
  readonly median: Measure<'too-few-pairs'>;
  /** In how many heaps the values lie. */
  readonly modes: number;
}

/** Whether loads of one side were unfit more often. */
export interface ComparedFailures {
  /** Fisher's exact test, two-sided. */
  readonly p: number;
  readonly finding: 'fails-more' | 'fails-less' | 'open' | 'alike';
  readonly verdict: Verdict;
  readonly sentence: string;
}
