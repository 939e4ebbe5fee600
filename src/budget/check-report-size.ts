import type { Measure } from '../base/measure.ts';
import type { JudgedMetric } from '../result/judgement.ts';
import { REPORT_SIZE_LABEL } from '../result/words/metric-labels.ts';
import type { SizeLimit } from './budget.ts';
import { judgeValue } from './judge-value.ts';

/** Judges how large a session's report is. */
export const judgeReportSize = ({ maxKb, severity }: SizeLimit, sizeKb: Measure): JudgedMetric =>
  judgeValue(sizeKb, {
    metric: 'reportSizeKb',
    max: maxKb,
    severity,
    subject: `The ${REPORT_SIZE_LABEL.label}`,
    remedy: 'Write it beside the session with `inpact report`.',
  });
