import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const METER = new URL('meter.mjs', import.meta.url).href;

/**
 * What one run of a process took, its start included.
 * @typedef {{ wallMs: number, cpuMs: number, peakMb: number }} Used
 * @typedef {{ name: string, script: URL, args?: readonly string[], heapMb?: number }} Subject
 */

/**
 * Runs a subject on a trace in a process of its own.
 * @param {Subject} subject
 * @param {string} file
 * @returns {Promise<Used | { failed: string }>}
 */
export async function measure({ script, args = [], heapMb }, file) {
  const heap = heapMb === undefined ? [] : [`--max-old-space-size=${String(heapMb)}`];
  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, [...heap, '--import', METER, fileURLToPath(script), ...args, file], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [meter, stderr, code] = await Promise.all([
    textOf(child.stdio[3]),
    textOf(child.stderr),
    new Promise((resolve) => child.once('exit', resolve)),
  ]);
  const wallMs = Number(process.hrtime.bigint() - started) / 1e6;
  if (code !== 0) return { failed: reasonIn(stderr) };
  return { wallMs, ...JSON.parse(meter) };
}

/** @type {(stream: unknown) => Promise<string> | string} */
const textOf = (stream) => (stream instanceof Readable ? text(stream) : '');

/** The line that names the error. */
const reasonIn = (/** @type {string} */ stderr) =>
  (stderr.match(/^.*(?:Error|FATAL)[^\n]*$/m)?.[0] ?? stderr.slice(-200)).trim().slice(0, 160);

/**
 * Every subject once per round, so that a change of the machine's mood falls on all of them.
 * @param {readonly Subject[]} subjects
 * @param {{ file: string, rounds: (subject: Subject) => number, log: (text: string) => void }} options
 * @returns {Promise<Map<string, { runs: Used[], failed?: string }>>}
 */
export async function measureAll(subjects, { file, rounds, log }) {
  /** @type {Map<string, { runs: Used[], failed?: string }>} */
  const results = new Map(subjects.map(({ name }) => [name, { runs: [] }]));
  const most = Math.max(...subjects.map(rounds));
  for (let round = 0; round < most; round++) {
    for (const subject of subjects) {
      const result = results.get(subject.name);
      if (result === undefined || result.failed !== undefined || round >= rounds(subject)) continue;
      const used = await measure(subject, file);
      if ('failed' in used) result.failed = used.failed;
      else result.runs.push(used);
      log(`  ${subject.name}: ${'failed' in used ? used.failed : `${(used.cpuMs / 1000).toFixed(2)} s CPU`}`);
    }
  }
  return results;
}

export function median(/** @type {readonly number[]} */ values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.floor(half)] ?? NaN) + (sorted[Math.ceil(half) - 1] ?? NaN)) / 2;
}
