import { type Measure, isUnavailable } from '../base/measure.ts';
import type { JudgedMetric, Verdict } from '../result/judgement.ts';
import { metricText, REPORT_SIZE_LABEL } from '../result/words/metric-labels.ts';
import type { SizeLimit } from './budget.ts';

/** Judges how large a session's report is. There is one of it, so nothing is left to chance. */
export function judgeReportSize({ maxKb, severity }: SizeLimit, sizeKb: Measure): JudgedMetric {
  const isOver = !isUnavailable(sizeKb) && sizeKb > maxKb;
  const is = isUnavailable(sizeKb)
    ? `is not known (${sizeKb.unavailable})`
    : `is ${metricText('reportSizeKb', sizeKb)}`;
  return {
    step: null,
    variant: null,
    metric: 'reportSizeKb',
    statistic: 'value',
    severity,
    verdict: verdictOf(sizeKb, isOver),
    limit: maxKb,
    value: sizeKb,
    values: isUnavailable(sizeKb) ? [] : [sizeKb],
    runs: 1,
    over: isOver ? 1 : 0,
    sentence: `The ${REPORT_SIZE_LABEL.label} ${is}, its budget ${metricText('reportSizeKb', maxKb)}`,
    advice: isUnavailable(sizeKb) ? 'Write it beside the session with `inpact report`.' : null,
  };
}

function verdictOf(sizeKb: Measure, isOver: boolean): Verdict {
  if (isUnavailable(sizeKb)) return 'inconclusive';
  return isOver ? 'fail' : 'pass';
}
