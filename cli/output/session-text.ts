import {
  hostNote,
  isUnavailable,
  type MetricName,
  type MetricSummary,
  type NextStep,
  numberText,
  type Session,
  type SummaryRow,
} from '../../src/index.ts';
import { stepChainsText } from './chain-text.ts';
import { crossCheckText } from './cross-check-text.ts';
import { findingRowsText, notLookedAtInSession } from './finding-text.ts';
import { pipelineTable } from './pipeline-table.ts';
import { term, termText } from './terminal.ts';
import { textTable } from './text-table.ts';

/**
 * A session as a person reads it in the terminal: the answer, what to do, the tables, what became of the claims.
 * @param columns How wide the terminal is.
 */
export function sessionText(session: Session, columns: number): string {
  const { answer, claims, loads } = session;
  const note = hostNote(session);
  const unfit = loads.filter(({ status }) => status !== 'valid');
  return [
    ...answer.sentences.map(termText),
    ...nextText(answer.next),
    '',
    // Nothing but dashes is no table.
    ...(loads.some(({ status }) => status === 'valid')
      ? [summaryTable(session, columns >= WIDE ? medianAndRange : medianOnly)]
      : []),
    ...pipelineTable(session.pipelines, columns >= WIDE),
    ...stepChainsText(session),
    ...findingRowsText(session.findings),
    ...notLookedAtInSession(session),
    ...claims.map(({ text, verdict }) => `Claim “${termText(text)}”: ${verdict.toUpperCase()}`),
    ...crossCheckText(session.crossCheck),
    ...(note === undefined ? [] : [note]),
    ...(unfit.length === 0
      ? []
      : [
          `${String(unfit.length)} of ${String(loads.length)} loads ${unfit.length === 1 ? 'does' : 'do'} not count; the report says why.`,
        ]),
    '',
  ].join('\n');
}

const nextText = (next: readonly NextStep[]): readonly string[] =>
  next.length === 0
    ? []
    : ['What to do next:', ...next.map(({ sentence, docs }) => `- ${termText(sentence)} (${docs})`)];

const COLUMNS: readonly (readonly [string, MetricName])[] = [
  ['INP', 'inpMs'],
  ['ICP', 'icpMs'],
  ['long tasks', 'longTaskCount'],
  ['blocking', 'totalBlockingTimeMs'],
  ['longest', 'longestTaskMs'],
  ['its CPU', 'longestTaskCpuMs'],
  ['loop blocked', 'loopBlockedMs'],
];

/** From here on the table has room for ranges. */
const WIDE = 152;

type Words = (summary: MetricSummary) => string;
const medianOnly: Words = ({ median }) => numberText(median);
const medianAndRange: Words = ({ median, min, max }) =>
  `${numberText(median)} (${numberText(min)}–${numberText(max)})`;

function summaryTable({ summary }: Session, words: Words): string {
  const table = textTable(
    ['step', 'variant', ...COLUMNS.map(([title]) => title), 'runs'],
    summary.map((row) => [
      term(row.step),
      term(row.variant),
      ...COLUMNS.map(([, metric]) => cell(row, metric, words)),
      runsOf(row),
    ]),
    ['left', 'left', 'right'],
  );
  return `${table}\nMedians in ms${words === medianAndRange ? ' (smallest–largest)' : ''}; long tasks are a count.`;
}

function cell({ metrics }: SummaryRow, metric: MetricName, words: Words): string {
  const summary = metrics[metric];
  return isUnavailable(summary) ? '—' : words(summary);
}

function runsOf({ metrics }: SummaryRow): string {
  const { longTaskCount } = metrics;
  return isUnavailable(longTaskCount) ? '0' : String(longTaskCount.runs);
}
