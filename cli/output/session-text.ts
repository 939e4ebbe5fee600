import Table from 'cli-table3';
import { isUnavailable, type MetricName, type Session, type SummaryRow } from '../../src/index.ts';
import { term } from './terminal.ts';

/** A session as a person reads it in the terminal: the answer, the table, what became of the claims. */
export function sessionText(session: Session): string {
  const { answer, claims, loads } = session;
  const unfit = loads.filter(({ status }) => status !== 'valid');
  return [
    ...answer.sentences.map(term),
    '',
    summaryTable(session),
    ...claims.map(({ text, verdict }) => `Claim “${term(text)}”: ${verdict.toUpperCase()}`),
    ...(unfit.length === 0
      ? []
      : [`${String(unfit.length)} of ${String(loads.length)} loads do not count; the report says why.`]),
    '',
  ].join('\n');
}

const COLUMNS: readonly (readonly [string, MetricName])[] = [
  ['INP', 'inpMs'],
  ['ICP', 'icpMs'],
  ['long tasks', 'longTaskCount'],
  ['blocking', 'totalBlockingTimeMs'],
  ['longest', 'longestTaskMs'],
  ['its CPU', 'longestTaskCpuMs'],
  ['loop blocked', 'loopBlockedMs'],
];

function summaryTable({ summary }: Session): string {
  const drawn = new Table({
    head: ['step', 'variant', ...COLUMNS.map(([title]) => title), 'runs'],
    colAligns: ['left', 'left', ...COLUMNS.map(() => 'right' as const), 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const row of summary) {
    drawn.push([
      term(row.step),
      term(row.variant),
      ...COLUMNS.map(([, metric]) => cell(row, metric)),
      runsOf(row),
    ]);
  }
  return `${drawn.toString()}\nMedians in ms (smallest–largest).`;
}

function cell({ metrics }: SummaryRow, metric: MetricName): string {
  const summary = metrics[metric];
  if (isUnavailable(summary)) return '—';
  const { median, min, max } = summary;
  return `${median.toFixed(0)} (${min.toFixed(0)}–${max.toFixed(0)})`;
}

function runsOf({ metrics }: SummaryRow): string {
  const { longTaskCount } = metrics;
  return isUnavailable(longTaskCount) ? '0' : String(longTaskCount.runs);
}
