import { isUnavailable, type Measure, unavailable } from '../base/measure.ts';
import type { JudgedMetric, Judgement, Verdict } from '../result/judgement.ts';
import { METRIC_LABELS, metricText } from '../result/words/metric-labels.ts';
import type { MetricName } from '../result/session.ts';
import { serverWaitMs } from '../result/summary/summarize.ts';
import type { TraceResult } from '../result/trace-result.ts';
import type { Budget, Limit } from './budget.ts';
import { judgeReportSize } from './check-report-size.ts';
import { checked } from './checked.ts';

/** Judges one trace by a budget: its own figures, which say nothing of other runs. */
export function checkTrace(trace: TraceResult, { limits, reportSize }: Budget): Judgement {
  const size = reportSize && judgeReportSize(reportSize, unavailable('takes-a-session'));
  const metrics = [...limits.map((limit) => judgeTrace(limit, trace)), ...(size === undefined ? [] : [size])];
  const notes = ['One trace was judged: another recording of the same page may be judged otherwise.'];
  return checked(
    trace.file,
    metrics,
    trace.partial === false ? notes : [...notes, `The trace is not whole: ${trace.partial.reason}.`],
  );
}

function judgeTrace(limit: Limit, trace: TraceResult): JudgedMetric {
  const value = traceMetric(trace, limit.metric);
  const { label } = METRIC_LABELS[limit.metric];
  const isOver = !isUnavailable(value) && value > limit.max;
  const is = isUnavailable(value)
    ? `is not known (${value.unavailable})`
    : `is ${metricText(limit.metric, value)}`;
  return {
    step: null,
    variant: null,
    metric: limit.metric,
    statistic: 'value',
    severity: limit.severity,
    verdict: traceVerdict(value, limit.max),
    limit: limit.max,
    value,
    values: isUnavailable(value) ? [] : [value],
    runs: 1,
    over: isOver ? 1 : 0,
    sentence: `${label} ${is}, its budget ${metricText(limit.metric, limit.max)}`,
    advice: isUnavailable(value)
      ? 'Record the page with `inpact record`, which records what this takes.'
      : null,
  };
}

function traceVerdict(value: Measure, max: number): Verdict {
  if (isUnavailable(value)) return 'inconclusive';
  return value > max ? 'fail' : 'pass';
}

function traceMetric({ inp, longTasks }: TraceResult, metric: MetricName): Measure {
  switch (metric) {
    case 'longTaskCount':
      return longTasks.count;
    case 'longestTaskMs':
      return longTasks.longestMs;
    case 'totalBlockingTimeMs':
      return longTasks.totalBlockingTimeMs;
    case 'longestTaskCpuMs':
    case 'interactionCpuMs':
    case 'loopBlockedMs':
      return unavailable('takes-a-session');
    default:
      return isUnavailable(inp) ? inp : OF_INTERACTION[metric](inp);
  }
}

type InteractionMetric =
  'inpMs' | 'icpMs' | 'inputDelayMs' | 'processingDurationMs' | 'presentationDelayMs' | 'serverWaitMs';

const OF_INTERACTION: Readonly<
  Record<InteractionMetric, (interaction: TraceResult['interactions'][number]) => Measure>
> = {
  inpMs: ({ durationMs }) => durationMs,
  icpMs: ({ icpMs }) => icpMs,
  inputDelayMs: ({ inputDelayMs }) => inputDelayMs,
  processingDurationMs: ({ processingDurationMs }) => processingDurationMs,
  presentationDelayMs: ({ presentationDelayMs }) => presentationDelayMs,
  serverWaitMs,
};
