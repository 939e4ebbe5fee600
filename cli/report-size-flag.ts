import { InvalidArgumentError, Option } from '@commander-js/extra-typings';

/** How large a report may become, in bytes. */
export const maxReportSize = (): Option<'--max-report-size <size>', undefined, undefined, number> =>
  new Option(
    '--max-report-size <size>',
    'leave the shortest spans out of a larger report, such as 1.5MB or 800kB (default: 4MB)',
  ).argParser(byteCount);

const BYTES_OF: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
]);

function byteCount(text: string): number {
  const [, figure = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const bytes = Math.round(Number(figure) * (BYTES_OF.get(unit.toLowerCase()) ?? Number.NaN));
  if (figure === '' || !(bytes > 0))
    throw new InvalidArgumentError('It must be a size, such as 1.5MB or 800kB.');
  return bytes;
}
