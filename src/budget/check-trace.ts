import { isUnavailable, type Measure, unavailable } from '../base/measure.ts';
import type { JudgedMetric, Judgement } from '../result/judgement.ts';
import type { MetricName } from '../result/session-summary.ts';
import { METRIC_LABELS } from '../result/words/metric-labels.ts';
import { serverWaitMs } from '../result/summary/summarize.ts';
import type { TraceResult } from '../result/trace-result.ts';
import type { Budget, Limit } from './budget.ts';
import { judgeReportSize } from './check-report-size.ts';
import { checked } from './checked.ts';
import { judgeValue } from './judge-value.ts';

/** Judges one trace by a budget: its own figures, which say nothing of other runs. */
export function checkTrace(trace: TraceResult, { limits, reportSize }: Budget): Judgement {
  const size = reportSize && judgeReportSize(reportSize, unavailable('takes-a-session'));
  const judged = limits.map((limit) => judgeTrace(limit, trace));
  const metrics = [
    ...(trace.partial === false ? judged : judged.map(withinOfAll)),
    ...(size === undefined ? [] : [size]),
  ];
  const notes = ['One trace was judged: another recording of the same page may be judged otherwise.'];
  return checked(
    trace.file,
    metrics,
    trace.partial === false ? notes : [...notes, `The trace is not whole: ${trace.partial.reason}.`],
  );
}

/** What is over its limit in a part is over it; what is within may not be in the whole. */
const withinOfAll = (metric: JudgedMetric): JudgedMetric =>
  metric.verdict === 'pass'
    ? { ...metric, verdict: 'inconclusive', advice: 'The trace is not whole: record it anew.' }
    : metric;

const judgeTrace = ({ metric, max, severity }: Limit, trace: TraceResult): JudgedMetric =>
  judgeValue(traceMetric(trace, metric), {
    metric,
    max,
    severity,
    subject: METRIC_LABELS[metric].label,
    remedy: 'Record the page with `inpact record`, which records what this takes.',
  });

function traceMetric({ inp, longTasks }: TraceResult, metric: MetricName): Measure {
  switch (metric) {
    case 'longTaskCount':
      return longTasks.count;
    case 'longestTaskMs':
      return longTasks.longestMs;
    case 'totalBlockingTimeMs':
      return longTasks.totalBlockingTimeMs;
    case 'longestTaskCpuMs':
    case 'loopBlockedMs':
      return unavailable('takes-a-session');
    default:
      return isUnavailable(inp) ? inp : OF_INTERACTION[metric](inp);
  }
}

type InteractionMetric =
  | 'inpMs'
  | 'icpMs'
  | 'inputDelayMs'
  | 'processingDurationMs'
  | 'presentationDelayMs'
  | 'interactionCpuMs'
  | 'serverWaitMs';

const OF_INTERACTION: Readonly<
  Record<InteractionMetric, (interaction: TraceResult['interactions'][number]) => Measure>
> = {
  inpMs: ({ durationMs }) => durationMs,
  icpMs: ({ icpMs }) => icpMs,
  inputDelayMs: ({ inputDelayMs }) => inputDelayMs,
  processingDurationMs: ({ processingDurationMs }) => processingDurationMs,
  presentationDelayMs: ({ presentationDelayMs }) => presentationDelayMs,
  interactionCpuMs: ({ cpuMs }) => cpuMs,
  serverWaitMs,
};
