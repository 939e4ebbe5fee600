import { budgetView } from '../../cli/output/budget-view.ts';
import type { JudgementView } from '../../cli/output/judgement-view.ts';
import type { FindingRow, JudgedMetric } from '../../src/index.ts';

/** A metric that is over its budget, but for what is given. */
export const judgedMetric = (change: Partial<JudgedMetric> = {}): JudgedMetric => ({
  step: 'search',
  variant: 'shop',
  metric: 'inpMs',
  statistic: 'median',
  severity: 'error',
  verdict: 'fail',
  value: 312.5,
  values: [312.5],
  limit: 200,
  runs: 10,
  over: 8,
  sentence: 'It is too slow',
  advice: null,
  ...change,
});

/** What a check shows of one metric. */
export const viewOfMetric = (metric: JudgedMetric, findings?: readonly FindingRow[]): JudgementView =>
  budgetView(
    {
      schemaVersion: 1,
      kind: 'judgement',
      command: 'check',
      inpactVersion: '1.0.0',
      subject: 'shop',
      verdict: 'fail',
      metrics: [metric],
      notes: [],
    },
    findings,
  );
