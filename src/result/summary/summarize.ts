import { logMedian, median } from '../../base/median.ts';
import { isUnavailable, type Measure, type Unavailable, unavailable } from '../../base/measure.ts';
import type { SegmentKind } from '../../insights/segments.ts';
import type { Load, StepResult } from '../load.ts';
import type { MetricName, MetricSummary, SummaryRow } from '../session-summary.ts';
import type { Interaction } from '../trace-result.ts';

/** What one step of one load gives for a metric. */
export function metricOf(step: StepResult, metric: MetricName): Measure {
  return METRICS[metric](step);
}

/**
 * What a load gives for a metric of a step: the middle of its repetitions, since the first is slower than the others and one may
 * go wild. Where half of them or more give none, there is none.
 */
export function loadMetric({ steps }: Pick<Load, 'steps'>, step: string, metric: MetricName): Measure {
  return middleOf(steps.filter((result) => result.step === step).map((result) => metricOf(result, metric)));
}

/** Of a step's repetitions within one load. */
export function middleOf(measures: readonly Measure[]): Measure {
  const values = measures.filter((measure) => typeof measure === 'number');
  if (values.length * 2 > measures.length) return logMedian(values);
  return measures.find(isUnavailable) ?? unavailable('no-step');
}

/** The loads that count: valid, and no warm-up. */
export const countingLoads = (loads: readonly Load[], variant: string): readonly Load[] =>
  loads.filter((load) => load.variant === variant && load.status === 'valid' && !load.warmUp);

/** One row per step and variant. */
export function summarize(
  loads: readonly Load[],
  steps: readonly string[],
  variants: readonly string[],
): readonly SummaryRow[] {
  return steps.flatMap((step) =>
    variants.map((variant) => {
      const own = countingLoads(loads, variant).filter(({ steps: results }) =>
        results.some((result) => result.step === step),
      );
      const of = (metric: MetricName): MetricSummary | Unavailable =>
        summarizeMetric(own.map((load) => loadMetric(load, step, metric)));
      return { step, variant, metrics: mapMetrics(of) };
    }),
  );
}

export function summarizeMetric(measures: readonly Measure[]): MetricSummary | Unavailable {
  const values = measures.filter((measure) => typeof measure === 'number');
  if (values.length === 0) return measures.find(isUnavailable) ?? unavailable('no-valid-load');
  return {
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    runs: values.length,
    values,
  };
}

export const mapMetrics = <T>(of: (metric: MetricName) => T): Record<MetricName, T> => ({
  inpMs: of('inpMs'),
  icpMs: of('icpMs'),
  inputDelayMs: of('inputDelayMs'),
  processingDurationMs: of('processingDurationMs'),
  presentationDelayMs: of('presentationDelayMs'),
  longTaskCount: of('longTaskCount'),
  longestTaskMs: of('longestTaskMs'),
  longestTaskCpuMs: of('longestTaskCpuMs'),
  totalBlockingTimeMs: of('totalBlockingTimeMs'),
  interactionCpuMs: of('interactionCpuMs'),
  loopBlockedMs: of('loopBlockedMs'),
  serverWaitMs: of('serverWaitMs'),
});

const ofInteraction =
  (read: (interaction: Interaction) => Measure) =>
  ({ interaction }: StepResult): Measure =>
    isUnavailable(interaction) ? interaction : read(interaction);

const METRICS: Readonly<Record<MetricName, (step: StepResult) => Measure>> = {
  inpMs: ofInteraction(({ durationMs }) => durationMs),
  icpMs: ofInteraction(({ icpMs }) => icpMs),
  inputDelayMs: ofInteraction(({ inputDelayMs }) => inputDelayMs),
  processingDurationMs: ofInteraction(({ processingDurationMs }) => processingDurationMs),
  presentationDelayMs: ofInteraction(({ presentationDelayMs }) => presentationDelayMs),
  longTaskCount: ({ longTasks }) => longTasks.count,
  longestTaskMs: ({ longTasks }) => longTasks.longestMs,
  longestTaskCpuMs,
  totalBlockingTimeMs: ({ longTasks }) => longTasks.totalBlockingTimeMs,
  interactionCpuMs: ofInteraction(({ cpuMs }) => cpuMs),
  loopBlockedMs: ({ serverLoop }) =>
    isUnavailable(serverLoop) ? serverLoop : serverLoop.blockedDuringRequestMs,
  serverWaitMs: ofInteraction(serverWaitMs),
};

/** From the last byte of a request to the headers of its response, where the result waited for it: the way, and the server. */
const SERVER_SEGMENTS: ReadonlySet<SegmentKind> = new Set([
  'network',
  'serverQueue',
  'serverQueueOrNetwork',
  'serverWork',
  'waiting',
]);

export function serverWaitMs({ chain }: Interaction): Measure {
  const waits = chain.segments.filter(({ kind }) => SERVER_SEGMENTS.has(kind));
  if (waits.length === 0) return unavailable('no-request');
  return waits.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/** Processor time of the very task that is the longest by wall time, so that the two can be compared. */
function longestTaskCpuMs({ tasks }: StepResult): Measure {
  const longest = tasks.durationMs.reduce(
    (best, duration, index) => (duration > (tasks.durationMs[best] ?? -1) ? index : best),
    0,
  );
  const cpuMs = tasks.cpuMs[longest];
  if (cpuMs === undefined) return unavailable('no-tasks');
  return cpuMs < 0 ? unavailable('not-recorded') : cpuMs;
}
