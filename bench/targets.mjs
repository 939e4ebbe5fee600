// What INPact sets out to reach, as ratios on the same file in the same run. Missed ones are shown as missed.

import { median } from './measure.mjs';
import { markdown, ratio, whole } from './report.mjs';

/** @typedef {ReadonlyMap<string, import('./report.mjs').Result>} Results */
/** @typedef {{ what: string, value: number, least: number, aim: number, unit: string, lowerIsBetter?: boolean }} Target */

/** At least, and aim, by the trace's size in MB. */
const AGAINST_ENGINE = [
  { upTo: 50, least: 5, aim: 5 },
  { upTo: 200, least: 8, aim: 15 },
  { upTo: Infinity, least: 30, aim: 30 },
];

/** @type {(results: Results, name: string, megabytes: number) => readonly Target[]} */
export function timeTargets(results, name, megabytes) {
  const engine = AGAINST_ENGINE.find(({ upTo }) => megabytes <= upTo);
  const faster = (
    /** @type {string} */ what,
    /** @type {string} */ than,
    /** @type {string} */ ours,
    /** @type {{ least: number, aim: number } | undefined} */ { least, aim } = { least: NaN, aim: NaN },
  ) => ({
    what: `${name}: ${what}`,
    value: ratio(results.get(than)?.runs ?? [], results.get(ours)?.runs ?? [], 'cpuMs'),
    least,
    aim,
    unit: '× faster (CPU)',
  });
  const targets = [faster('analyze against the DevTools engine', ENGINE, ANALYZE, engine)];
  if (megabytes >= 50) {
    targets.push(
      faster('analyze against JSON.parse', PARSE, ANALYZE, { least: 2, aim: 5 }),
      faster('scan against JSON.parse', PARSE, SCAN, { least: 4, aim: 10 }),
    );
  }
  return [...targets, memoryTarget(results, name, megabytes)];
}

/** @type {(results: Results, name: string, megabytes: number) => Target} */
function memoryTarget(results, name, megabytes) {
  return {
    what: `${name}: analyze, peak memory`,
    value: median((results.get(ANALYZE)?.runs ?? []).map(({ peakMb }) => peakMb)),
    least: 120 + 0.4 * megabytes,
    aim: 100 + 0.1 * megabytes,
    unit: 'MB',
    lowerIsBetter: true,
  };
}

export const ANALYZE = 'INPact: analyze';
export const SCAN = 'INPact: scan to rows';
export const ENGINE = 'DevTools engine (trace_engine 0.0.65)';
export const PARSE = 'read + string + JSON.parse';

/** @type {(targets: readonly Target[]) => string} */
export function targetTable(targets) {
  const rows = targets.map((target) => {
    const { what, value, least, aim, unit } = target;
    const measured = Number.isNaN(value) ? 'no figure' : `${figure(value)} ${unit}`;
    return [what, measured, figure(least), figure(aim), verdictOn(target)];
  });
  return markdown(['', 'measured', 'at least', 'aim', ''], rows);
}

/** @type {(target: Target) => string} */
function verdictOn({ value, least, aim, lowerIsBetter = false }) {
  if (Number.isNaN(value)) return 'the other failed';
  const reaches = (/** @type {number} */ limit) => (lowerIsBetter ? value <= limit : value >= limit);
  if (reaches(aim)) return 'aim reached';
  return reaches(least) ? 'reached' : 'MISSED';
}

const figure = (/** @type {number} */ value) => (value < 10 ? value.toFixed(2) : whole(value));
