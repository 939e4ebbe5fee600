import Table from 'cli-table3';
import {
  isUnavailable,
  type JudgedMetric,
  type Judgement,
  METRIC_LABELS,
  metricText,
} from '../../src/index.ts';
import { term, termText } from './terminal.ts';

/** A judgement as a person reads it in a terminal. */
export function judgementText(judgement: Judgement): string {
  const table = new Table({
    head: ['', 'Step', 'Metric', 'Value', 'Limit', 'Over'],
    style: { head: [], border: [], compact: true },
  });
  for (const metric of judgement.metrics) table.push([...rowOf(metric)]);
  return [
    `${VERDICTS[judgement.verdict]}: ${termText(judgement.subject)}`,
    table.toString(),
    ...judgement.metrics.filter(({ verdict }) => verdict !== 'pass').flatMap(explanation),
    ...judgement.notes.map((note) => `Note: ${termText(note)}`),
    '',
  ].join('\n');
}

const VERDICTS: Readonly<Record<Judgement['verdict'], string>> = {
  pass: 'Within budget',
  fail: 'Over budget',
  inconclusive: 'Inconclusive',
};

const rowOf = (judged: JudgedMetric): readonly string[] => {
  const { metric, statistic, value, limit, runs, over } = judged;
  return [
    markOf(judged),
    placeOf(judged),
    `${METRIC_LABELS[metric].label}${statistic === 'value' ? '' : `, ${statistic}`}`,
    isUnavailable(value) ? `unavailable (${term(value.unavailable)})` : metricText(metric, value),
    metricText(metric, limit),
    `${String(over)} of ${String(runs)}`,
  ];
};

/** Words, since a terminal may show no colour and a log none at all. */
function markOf({ verdict, severity }: JudgedMetric): string {
  if (verdict === 'pass') return 'pass';
  if (verdict === 'inconclusive') return severity === 'warn' ? '(open)' : 'open';
  return severity === 'warn' ? 'warn' : 'FAIL';
}

const placeOf = ({ step, variant }: JudgedMetric): string =>
  step === null ? 'whole trace' : term(variant === null ? step : `${step}, ${variant}`);

function explanation(judged: JudgedMetric): readonly string[] {
  const { sentence, advice } = judged;
  return [`${placeOf(judged)}: ${termText(sentence)}.${advice === null ? '' : ` ${termText(advice)}`}`];
}
