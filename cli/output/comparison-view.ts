import {
  type ComparedFailures,
  type ComparedMetric,
  type Comparison,
  comparisonHeading,
  isUnavailable,
  type Measure,
  METRIC_LABELS,
  metricText,
  signedPercent,
} from '../../src/index.ts';
import { changeText } from './change-text.ts';
import type { Entry, JudgementView } from './judgement-view.ts';
import { pairDots } from './pair-dots.ts';
import { firstSource } from './source-path.ts';

/** A comparison as all outputs show it. */
export function comparisonView(comparison: Comparison): JudgementView {
  const { inpactVersion, subject, base, changed, verdict, metrics, failures, changes, notes, design } =
    comparison;
  const margin = `A change of less than ${String(design.marginPercent)} %, or ${metricText('inpMs', design.marginFloorMs)} where that is more, is not called a regression.`;
  return {
    inpactVersion,
    subject: `${subject}, ${changed.name} against ${base.name}`,
    verdict,
    heading: comparisonHeading(comparison),
    columns: [base.name, changed.name, 'Change', 'Interval', 'Pairs', 'p'],
    entries: [...metrics.map((metric) => metricEntry(metric, changes)), failureEntry(failures)],
    changes: changes.flatMap(({ step, changes: own }) =>
      own.map((change) => `${step}: ${changeText(change)}`),
    ),
    notes: [`${base.name} is ${base.description}; ${changed.name} is ${changed.description}.`, ...notes],
    details: [
      ...metrics.filter(({ role }) => role === 'gate').flatMap(dotsNote),
      margin,
      ...orderNote(design),
    ],
    sheet: [SHEET, ...metrics.map(sheetRow)],
  };
}

function metricEntry(compared: ComparedMetric, changes: Comparison['changes']): Entry {
  const { step, metric, role, severity, verdict, ratio, judgedPairs, pairs, p } = compared;
  const { label, id } = METRIC_LABELS[metric];
  const own = changes.find((candidate) => candidate.step === step)?.changes ?? [];
  return {
    place: [step],
    label: role === 'signal' ? `${label} (signal)` : label,
    id: `${id} ${role}`,
    rule: `${id}-regression`,
    ruleText: `${label} does not regress`,
    severity,
    verdict,
    cells: [
      measureText(compared, compared.base.median),
      measureText(compared, compared.changed.median),
      isUnavailable(ratio) ? '–' : signedPercent(ratio.estimate),
      isUnavailable(ratio) ? '–' : `${signedPercent(ratio.low)} to ${signedPercent(ratio.high)}`,
      `${String(judgedPairs)} of ${String(pairs.length)}`,
      pText(p),
    ],
    sentence: compared.sentence,
    advice: compared.advice,
    changes: own.map(changeText),
    // The line that takes most of what is new.
    source: firstSource(own.filter(({ differenceMs }) => differenceMs > 0)),
  };
}

const measureText = ({ metric }: ComparedMetric, value: Measure): string =>
  isUnavailable(value) ? '–' : metricText(metric, value);

const pText = (p: number): string => (p < 0.0001 ? '< 0.0001' : p.toFixed(4));

function failureEntry({ verdict, sentence, p }: ComparedFailures): Entry {
  return {
    place: [],
    label: 'unfit loads',
    id: 'unfit-loads gate',
    rule: 'unfit-loads-regression',
    ruleText: 'Loads do not fail more often',
    severity: 'error',
    verdict,
    cells: ['–', '–', '–', '–', '–', pText(p)],
    sentence,
    changes: [],
    advice: verdict === 'inconclusive' ? 'Slow loads fail first: see to it that loads do not fail.' : null,
    source: undefined,
  };
}

function dotsNote({ step, metric, pairs, base, changed, lag1 }: ComparedMetric): readonly string[] {
  const dots = pairDots(pairs);
  if (dots === undefined) return [];
  const hangs = isUnavailable(lag1) ? '' : `, lag-1 correlation ${lag1.toFixed(2)}`;
  return [
    `${METRIC_LABELS[metric].label} of ${step}, each pair's change: ${dots}`,
    `${METRIC_LABELS[metric].label} of ${step}: ${heaps(base.modes)} of base values, ${heaps(changed.modes)} of changed ones${hangs}.`,
  ];
}

/** Nobody drew an order for what was recorded apart. */
function orderNote({ pairing, seed, repetitions }: Comparison['design']): readonly string[] {
  if (pairing === 'stored-baseline') return [];
  const often = `${String(repetitions)} ${repetitions === 1 ? 'repetition' : 'repetitions'}`;
  return [`Pairs in an order drawn from seed ${String(seed)}; ${often} in each load.`];
}

const heaps = (count: number): string => `${String(count)} ${count === 1 ? 'heap' : 'heaps'}`;

const SHEET = [
  'step',
  'metric',
  'role',
  'finding',
  'verdict',
  'base',
  'changed',
  'ratio',
  'low',
  'high',
  'confidence',
  'pairs',
  'p',
  'threshold',
];

function sheetRow(compared: ComparedMetric): readonly string[] {
  const { step, metric, role, finding, verdict, base, changed, ratio, judgedPairs, p, threshold } = compared;
  const interval = isUnavailable(ratio)
    ? ['', '', '', '']
    : [ratio.estimate, ratio.low, ratio.high, ratio.confidence].map(String);
  return [
    step,
    METRIC_LABELS[metric].id,
    role,
    finding,
    verdict,
    isUnavailable(base.median) ? '' : String(base.median),
    isUnavailable(changed.median) ? '' : String(changed.median),
    ...interval,
    String(judgedPairs),
    String(p),
    threshold === null ? '' : String(threshold),
  ];
}
