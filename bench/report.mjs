import { median } from './measure.mjs';

/** @typedef {import('./measure.mjs').Used} Used */
/** @typedef {{ runs: readonly Used[], failed?: string }} Result */

/**
 * A table of all subjects on one file, each with its ratio to ours: the median of the ratios of runs in the same round.
 * @param {ReadonlyMap<string, Result>} results
 * @param {string} ours
 */
export function tableOf(results, ours) {
  const rows = [...results].map(([name, { runs, failed }]) => {
    if (failed !== undefined || runs.length === 0) return [name, '', '', '', '', '', `fails: ${failed}`];
    const own = results.get(ours)?.runs ?? [];
    return [
      name,
      milliseconds(median(runs.map(({ cpuMs }) => cpuMs))),
      milliseconds(median(runs.map(({ wallMs }) => wallMs))),
      `${whole(median(runs.map(({ peakMb }) => peakMb)))} MB`,
      name === ours ? '1' : times(ratio(runs, own, 'cpuMs')),
      name === ours ? '1' : times(ratio(runs, own, 'wallMs')),
      String(runs.length),
    ];
  });
  return markdown(['', 'CPU', 'wall', 'peak memory', 'CPU, times ours', 'wall, times ours', 'runs'], rows);
}

/**
 * How many times more the first took than the second. `NaN` where one failed.
 * @param {readonly Used[]} a
 * @param {readonly Used[]} b
 * @param {'cpuMs' | 'wallMs'} what
 */
export function ratio(a, b, what) {
  const pairs = Math.min(a.length, b.length);
  return median(
    Array.from({ length: pairs }, (_, round) => (a[round]?.[what] ?? NaN) / (b[round]?.[what] ?? NaN)),
  );
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function markdown(head, rows) {
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join(
    '\n',
  );
}

/** A whole number as people read it: `1,795`. */
export const whole = (/** @type {number} */ value) =>
  value.toLocaleString('en-US', { maximumFractionDigits: 0 });

const milliseconds = (/** @type {number} */ ms) => `${whole(ms)} ms`;
const times = (/** @type {number} */ value) => `${value.toFixed(value < 10 ? 2 : 0)}×`;
