import type { Unavailable } from '../base/measure.ts';
import type { InsightFinding, InsightId } from './findings-result.ts';
import type { Stage } from './pipeline-result.ts';

/** The metrics that a session sums up, each in milliseconds but the count. */
export const METRIC_NAMES = [
  'inpMs',
  'icpMs',
  'inputDelayMs',
  'processingDurationMs',
  'presentationDelayMs',
  'longTaskCount',
  'longestTaskMs',
  'longestTaskCpuMs',
  'totalBlockingTimeMs',
  'interactionCpuMs',
  'loopBlockedMs',
  'serverWaitMs',
] as const;

export type MetricName = (typeof METRIC_NAMES)[number];

export interface SummaryRow {
  readonly variant: string;
  readonly step: string;
  readonly metrics: Readonly<Record<MetricName, MetricSummary | Unavailable>>;
}

export interface MetricSummary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** How many loads gave a value. */
  readonly runs: number;
  /** Each load's value, in the order of the rounds. */
  readonly values: readonly number[];
}

/** One step as one variant showed it: medians over the loads that count. */
export interface PipelineRow {
  readonly variant: string;
  readonly step: string;
  /** Loads with an interaction in the step. */
  readonly runs: number;
  readonly stages: Readonly<Record<Stage, StageSummary>>;
  /** Whose median wall time is the largest. */
  readonly bottleneck: Stage | Unavailable;
  readonly domModifications: MetricSummary | Unavailable;
  readonly layoutCount: MetricSummary | Unavailable;
  readonly forcedReflowCount: MetricSummary | Unavailable;
  readonly forcedReflowMs: MetricSummary | Unavailable;
  readonly styleAndLayoutMs: MetricSummary | Unavailable;
  /** Pre-paint, paint, and the main thread's part of compositing. */
  readonly paintMs: MetricSummary | Unavailable;
}

export interface StageSummary {
  readonly wallMs: MetricSummary | Unavailable;
  readonly cpuMs: MetricSummary | Unavailable;
}

/** One insight in one step of one variant. */
export interface FindingRow {
  readonly variant: string;
  readonly step: string;
  readonly id: InsightId;
  /** Loads in which it was found, and loads with an interaction in the step. */
  readonly runs: number;
  readonly ofRuns: number;
  /** In more than half of them: what was there once may be an accident. */
  readonly recurs: boolean;
  /** How much it explains of the step's interaction, over the loads in which it was found. */
  readonly explainsMs: MetricSummary;
  /** From the load whose figure is nearest to the median. */
  readonly example: InsightFinding;
  /** The id of that load. */
  readonly exampleLoad: string;
}
