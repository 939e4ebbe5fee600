import { type Calibration, type EffectRow, isUnavailable, numberText } from '../../src/index.ts';
import { term } from './terminal.ts';
import { textTable } from './text-table.ts';

/** What recording costs, as a table for a terminal. */
export function calibrationText({ rows, loads, plan }: Calibration): string {
  const table = textTable(
    ['step', 'metric', 'tracing', 'median', 'against none', 'loads'],
    rows.map((row) => [
      row.step === null ? 'mean of the steps' : term(row.step),
      row.metric === 'inpMs' ? 'INP' : 'ICP',
      row.tracing,
      isUnavailable(row.medianMs) ? '—' : numberText(row.medianMs, 1),
      shiftText(row),
      String(row.loads),
    ]),
    ['left', 'left', 'left', 'right'],
  );
  const failed = loads.filter(({ problems }) => problems.length > 0);
  return [
    table,
    'In ms, as the page itself measured them: its INP comes rounded to 8, and there is none of less than 16.',
    `Against none: the shift between loads of one round, with its exact interval (${leastConfidence(rows)} % and more).`,
    ...(failed.length === 0
      ? []
      : [`${String(failed.length)} of ${String(loads.length)} loads went wrong, and do not count.`]),
    `Order drawn from seed ${String(plan.seed)}.`,
    '',
  ].join('\n');
}

/** With few pairs an interval is less sure than was asked for. */
function leastConfidence(rows: readonly EffectRow[]): string {
  const known = rows.flatMap(({ shift }) => (isUnavailable(shift) ? [] : [shift.confidence]));
  return known.length === 0 ? '—' : (Math.floor(Math.min(...known) * 1000) / 10).toFixed(1);
}

function shiftText({ shift }: EffectRow): string {
  if (isUnavailable(shift)) return '—';
  const { estimateMs, lowMs, highMs } = shift;
  return `${signed(estimateMs)} [${signed(lowMs)}, ${signed(highMs)}]`;
}

const signed = (value: number): string => {
  const text = numberText(value, 1);
  return value > 0 && text !== '0.0' ? `+${text}` : text;
};
