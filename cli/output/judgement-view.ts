import {
  type Comparison,
  isUnavailable,
  judgedLabel,
  type JudgedMetric,
  type Judgement,
  metricText,
  type Severity,
  type Verdict,
} from '../../src/index.ts';
import { comparisonView } from './comparison-view.ts';

/** What a budget's judgement and a comparison have in common for whoever shows them. Its texts are not yet made harmless. */
export interface JudgementView {
  readonly inpactVersion: string;
  readonly subject: string;
  readonly verdict: Verdict;
  /** The verdict in two words. */
  readonly heading: string;
  /** The heads of an entry's cells. */
  readonly columns: readonly string[];
  readonly entries: readonly Entry[];
  /** Where the time went that is new, the most first. */
  readonly changes: readonly string[];
  readonly notes: readonly string[];
  /** The figures for a spreadsheet, with a head. */
  readonly sheet: readonly (readonly string[])[];
}

/** One thing that was judged. */
export interface Entry {
  /** What of: variant and step. Empty for a whole trace. */
  readonly place: readonly string[];
  /** What people call it: `INP, median`. */
  readonly label: string;
  /** What programs call it: `inp median`. */
  readonly id: string;
  /** The name of the rule that it breaks: `inp-budget`. */
  readonly rule: string;
  /** What it means to keep it. */
  readonly ruleText: string;
  readonly severity: Severity;
  readonly verdict: Verdict;
  readonly cells: readonly string[];
  readonly sentence: string;
  readonly advice: string | null;
  /** The line that took most of what is new. */
  readonly source: SourcePlace | undefined;
}

export interface SourcePlace {
  /** As in a repository: no scheme, no host. */
  readonly path: string;
  readonly line: number;
}

export const viewOf = (judged: Judgement | Comparison): JudgementView =>
  judged.kind === 'judgement' ? budgetView(judged) : comparisonView(judged);

function budgetView({ inpactVersion, subject, verdict, metrics, notes }: Judgement): JudgementView {
  return {
    inpactVersion,
    subject,
    verdict,
    heading: HEADINGS[verdict],
    columns: ['Value', 'Limit', 'Runs over'],
    entries: metrics.map(entryOf),
    changes: [],
    notes,
    sheet: [SHEET, ...metrics.map(sheetRow)],
  };
}

const HEADINGS: Readonly<Record<Verdict, string>> = {
  pass: 'Within budget',
  fail: 'Over budget',
  inconclusive: 'Inconclusive',
};

function entryOf(judged: JudgedMetric): Entry {
  const { step, variant, metric, statistic, value, limit, over, runs } = judged;
  const { label, id } = judgedLabel(metric);
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
    advice: judged.advice,
    source: undefined,
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
