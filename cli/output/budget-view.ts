import {
  type FindingRow,
  isUnavailable,
  judgedLabel,
  type JudgedMetric,
  type Judgement,
  metricText,
  type Verdict,
} from '../../src/index.ts';
import { budgetCause } from './budget-cause.ts';
import type { Entry, JudgementView } from './judgement-view.ts';

/**
 * What a budget's check found, as all outputs show it.
 * @param findings Of the session that was judged: what is over its budget is told with what takes the time.
 */
export function budgetView(judgement: Judgement, findings: readonly FindingRow[] = []): JudgementView {
  const { inpactVersion, subject, verdict, metrics, notes } = judgement;
  return {
    inpactVersion,
    subject,
    verdict,
    heading: HEADINGS[verdict],
    columns: ['Value', 'Limit', 'Runs over'],
    entries: metrics.map((judged) => entryOf(judged, findings)),
    changes: [],
    notes,
    details: [],
    sheet: [SHEET, ...metrics.map(sheetRow)],
  };
}

const HEADINGS: Readonly<Record<Verdict, string>> = {
  pass: 'Within budget',
  fail: 'Over budget',
  inconclusive: 'Inconclusive',
};

function entryOf(judged: JudgedMetric, findings: readonly FindingRow[]): Entry {
  const { step, variant, metric, statistic, value, limit, over, runs } = judged;
  const { label, id } = judgedLabel(metric);
  const cause = judged.verdict === 'fail' ? budgetCause(judged, findings) : undefined;
  return {
    place: [variant, step].filter((part) => part !== null),
    label: statistic === 'value' ? label : `${label}, ${statistic}`,
    id: `${id} ${statistic}`,
    rule: `${id}-budget`,
    ruleText: `${label} keeps its budget`,
    severity: judged.severity,
    verdict: judged.verdict,
    cells: [
      isUnavailable(value) ? `unavailable (${value.unavailable})` : metricText(metric, value),
      metricText(metric, limit),
      `${String(over)} of ${String(runs)}`,
    ],
    sentence: judged.sentence,
    advice: judged.advice ?? cause?.sentence ?? null,
    changes: [],
    source: cause?.source,
  };
}

const SHEET = [
  'step',
  'variant',
  'metric',
  'statistic',
  'severity',
  'verdict',
  'value',
  'limit',
  'runs',
  'over',
];

const sheetRow = (judged: JudgedMetric): readonly string[] => [
  judged.step ?? '',
  judged.variant ?? '',
  judgedLabel(judged.metric).id,
  judged.statistic,
  judged.severity,
  judged.verdict,
  isUnavailable(judged.value) ? '' : String(judged.value),
  String(judged.limit),
  String(judged.runs),
  String(judged.over),
];
