import { isUnavailable, unavailable, type Measure } from '../../src/base/measure.ts';
import type { Load, StepResult } from '../../src/result/load.ts';
import type { MetricName, SummaryRow } from '../../src/result/session-summary.ts';
import { metricOf } from '../../src/result/summary/summarize.ts';
import type { Interaction } from '../../src/result/trace-result.ts';
import { rounded } from './sample-step.ts';

/** Sums loads up as a session does, so that the sample's parts agree with each other. */
export function sampleSummary(loads: readonly Load[], step: string, variant: string): SummaryRow {
  const results = loads
    .filter((load) => load.variant === variant && load.status === 'valid' && !load.warmUp)
    .flatMap((load) => load.steps.filter((result) => result.step === step));
  const sum = (metric: MetricName): SummaryRow['metrics'][MetricName] =>
    summed(results.map(READINGS[metric]));
  return {
    step,
    variant,
    metrics: {
      inpMs: sum('inpMs'),
      icpMs: sum('icpMs'),
      inputDelayMs: sum('inputDelayMs'),
      processingDurationMs: sum('processingDurationMs'),
      presentationDelayMs: sum('presentationDelayMs'),
      longTaskCount: sum('longTaskCount'),
      longestTaskMs: sum('longestTaskMs'),
      longestTaskCpuMs: sum('longestTaskCpuMs'),
      totalBlockingTimeMs: sum('totalBlockingTimeMs'),
      interactionCpuMs: sum('interactionCpuMs'),
      loopBlockedMs: sum('loopBlockedMs'),
      serverWaitMs: sum('serverWaitMs'),
    },
  };
}

type Reading = (step: StepResult) => Measure;

const ofInteraction =
  (read: (interaction: Interaction) => Measure): Reading =>
  ({ interaction }) =>
    isUnavailable(interaction) ? interaction : read(interaction);

const READINGS: Readonly<Record<MetricName, Reading>> = {
  inpMs: ofInteraction(({ durationMs }) => durationMs),
  icpMs: ofInteraction(({ icpMs }) => icpMs),
  inputDelayMs: ofInteraction(({ inputDelayMs }) => inputDelayMs),
  processingDurationMs: ofInteraction(({ processingDurationMs }) => processingDurationMs),
  presentationDelayMs: ofInteraction(({ presentationDelayMs }) => presentationDelayMs),
  longTaskCount: ({ longTasks }) => longTasks.count,
  longestTaskMs: ({ longTasks }) => longTasks.longestMs,
  longestTaskCpuMs: ({ tasks }) => tasks.cpuMs[tasks.durationMs.indexOf(Math.max(...tasks.durationMs))] ?? 0,
  totalBlockingTimeMs: ({ longTasks }) => longTasks.totalBlockingTimeMs,
  // As `summarize` has it: what the sample's figures mean is not at stake here.
  interactionCpuMs: (step) => metricOf(step, 'interactionCpuMs'),
  serverWaitMs: (step) => metricOf(step, 'serverWaitMs'),
  loopBlockedMs: ({ serverLoop }) =>
    isUnavailable(serverLoop) ? serverLoop : serverLoop.blockedDuringRequestMs,
};

function summed(readings: readonly Measure[]): SummaryRow['metrics'][MetricName] {
  const values = readings.filter((reading) => typeof reading === 'number');
  const sorted = values.toSorted((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) {
    return readings.find((reading) => isUnavailable(reading)) ?? unavailable('no-valid-load');
  }
  const middle = ((sorted[(values.length - 1) >> 1] ?? min) + (sorted[values.length >> 1] ?? max)) / 2;
  return { median: rounded(middle), min, max, runs: values.length, values };
}
