// What eight times as much of the same costs: each recorded behaviour, tiled to two sizes. A step that looks through all of a trace for
// each interaction, request or frame takes the square of the time, and shows here long before it does in any trace that somebody has.

import { readdirSync, rmSync } from 'node:fs';
import { measure } from './measure.mjs';
import { markdown, whole } from './report.mjs';
import { megabytesOf, tiledFrom } from './traces.mjs';

const FIXTURES = new URL('../fixtures/traces/', import.meta.url);
const SMALL_MB = 25;
const LARGE_MB = 200;

/**
 * @param {import('./measure.mjs').Subject} subject
 * @param {(text: string) => void} log
 */
export async function growthTable(subject, log) {
  const rows = [];
  for (const name of readdirSync(FIXTURES).toSorted()) {
    log(name);
    const small = await measuredAt(SMALL_MB, name, subject);
    const large = await measuredAt(LARGE_MB, name, subject);
    const growth = large.megabytes / small.megabytes;
    rows.push([
      name.replace('.json.gz', ''),
      `${whole(small.cpuMs)} ms`,
      `${whole(large.cpuMs)} ms`,
      `${(large.cpuMs / small.cpuMs).toFixed(1)} ×`,
      large.cpuMs / small.cpuMs <= growth * 1.1 ? 'reached' : 'MISSED',
    ]);
  }
  const times = (LARGE_MB / SMALL_MB).toFixed(0);
  return markdown(
    ['', `${String(SMALL_MB)} MB, CPU`, `${String(LARGE_MB)} MB, CPU`, 'growth', `at most ${times} × 1.1`],
    rows,
  );
}

/** @type {(megabytes: number, name: string, subject: import('./measure.mjs').Subject) => Promise<import('./measure.mjs').Used & { megabytes: number }>} */
async function measuredAt(megabytes, name, subject) {
  const file = await tiledFrom(new URL(name, FIXTURES), megabytes);
  const size = megabytesOf(file);
  const used = await measure(subject, file);
  rmSync(file);
  if ('failed' in used) throw new Error(`${name}: ${used.failed}`);
  return { ...used, megabytes: size };
}
