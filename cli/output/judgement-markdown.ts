import {
  isUnavailable,
  type JudgedMetric,
  type Judgement,
  METRIC_LABELS,
  metricText,
} from '../../src/index.ts';
import { term, termText } from './terminal.ts';

/** GitHub refuses a step summary of more than 1 MiB as a whole. */
const MAX_ROWS = 500;

/** By this a bot finds its own comment again, and replaces it. */
export const COMMENT_MARKER = '<!-- inpact -->';

/** A judgement as Markdown, for a step summary or the comment on a pull request. */
export function judgementMarkdown({ verdict, subject, metrics, notes }: Judgement): string {
  const ordered = metrics.toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
  const rows = ordered.slice(0, MAX_ROWS).map(rowOf);
  const left = ordered.length - rows.length;
  return [
    COMMENT_MARKER,
    `### ${HEADINGS[verdict]}: ${text(subject)}`,
    '',
    '| | step | metric | value | limit | runs over |',
    '| --- | --- | --- | ---: | ---: | ---: |',
    ...rows,
    ...(left === 0 ? [] : ['', `${String(left)} more are in the JSON.`]),
    '',
    ...ordered
      .filter((judged) => judged.verdict !== 'pass')
      .slice(0, MAX_ROWS)
      .map(({ sentence, advice }) => `- ${text(sentence)}.${advice === null ? '' : ` ${text(advice)}`}`),
    ...notes.map((note) => `- ${text(note)}`),
    '',
  ].join('\n');
}

const ORDER: Readonly<Record<Judgement['verdict'], number>> = { fail: 0, inconclusive: 1, pass: 2 };

const HEADINGS: Readonly<Record<Judgement['verdict'], string>> = {
  pass: '✅ Within budget',
  fail: '❌ Over budget',
  inconclusive: '❔ Inconclusive',
};

function rowOf(judged: JudgedMetric): string {
  const { metric, statistic, value, limit, runs, over } = judged;
  const cells = [
    markOf(judged),
    placeOf(judged),
    `${METRIC_LABELS[metric].label}${statistic === 'value' ? '' : `, ${statistic}`}`,
    isUnavailable(value) ? `unavailable (${text(value.unavailable)})` : metricText(metric, value),
    metricText(metric, limit),
    `${String(over)} of ${String(runs)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function markOf({ verdict, severity }: JudgedMetric): string {
  if (verdict === 'pass') return '✅ pass';
  if (verdict === 'inconclusive') return '❔ open';
  return severity === 'warn' ? '⚠️ warn' : '❌ fail';
}

const placeOf = ({ step, variant }: JudgedMetric): string =>
  step === null ? 'whole trace' : text(term(variant === null ? step : `${step}, ${variant}`));

/** Whatever Markdown or HTML would take for more than text. */
const text = (raw: string): string =>
  termText(raw).replaceAll(SPECIAL, (mark) => `&#${String(mark.codePointAt(0))};`);

const SPECIAL = /[&<>"'`*_~[\]()#|\\!@:-]/g;
