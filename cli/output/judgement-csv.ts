import { isUnavailable, type JudgedMetric, type Judgement, METRIC_LABELS } from '../../src/index.ts';

const COLUMNS = [
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

/** A judgement as CSV, one row for each limit. RFC 4180. */
export const judgementCsv = ({ metrics }: Judgement): string =>
  [COLUMNS, ...metrics.map(rowOf)].map((row) => `${row.map(field).join(',')}\r\n`).join('');

const rowOf = ({
  step,
  variant,
  metric,
  statistic,
  severity,
  verdict,
  value,
  limit,
  runs,
  over,
}: JudgedMetric) => [
  step ?? '',
  variant ?? '',
  METRIC_LABELS[metric].id,
  statistic,
  severity,
  verdict,
  isUnavailable(value) ? '' : String(value),
  String(limit),
  String(runs),
  String(over),
];

/** A name that begins like a formula would be run as one by a spreadsheet: CWE-1236. */
function field(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const FORMULA = /^[=+\-@\t\r]/;
