import type { JudgementView } from './judgement-view.ts';
import { termText } from './terminal.ts';

/** A judgement as CSV, one row for each thing that was judged. RFC 4180. */
export const judgementCsv = ({ sheet }: JudgementView): string =>
  sheet.map((row) => `${row.map(field).join(',')}\r\n`).join('');

/** A name that begins like a formula would be run as one by a spreadsheet: CWE-1236. And it may be read in a terminal. */
function field(raw: string): string {
  const text = termText(raw);
  const harmless = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const FORMULA = /^\s*[=+\-@]|^[\t\r]/;
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;
