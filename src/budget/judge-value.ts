import { isUnavailable, type Measure } from '../base/measure.ts';
import type { JudgedMetric, JudgedName, Severity, Verdict } from '../result/judgement.ts';
import { metricText } from '../result/words/metric-labels.ts';

export interface ValueLimit {
  readonly metric: JudgedName;
  readonly max: number;
  readonly severity: Severity;
  /** What the sentence is about. */
  readonly subject: string;
  /** What would make the value known. */
  readonly remedy: string;
}

/** Judges a value of which there is one, by itself: nothing is left to chance. */
export function judgeValue(
  value: Measure,
  { metric, max, severity, subject, remedy }: ValueLimit,
): JudgedMetric {
  const verdict = verdictOf(value, max);
  const is = isUnavailable(value) ? `is not known (${value.unavailable})` : `is ${metricText(metric, value)}`;
  return {
    step: null,
    variant: null,
    metric,
    statistic: 'value',
    severity,
    verdict,
    limit: max,
    value,
    values: isUnavailable(value) ? [] : [value],
    runs: 1,
    over: verdict === 'fail' ? 1 : 0,
    sentence: `${subject} ${is}, its budget ${metricText(metric, max)}`,
    advice: isUnavailable(value) ? remedy : null,
  };
}

function verdictOf(value: Measure, max: number): Verdict {
  if (isUnavailable(value)) return 'inconclusive';
  return value > max ? 'fail' : 'pass';
}
