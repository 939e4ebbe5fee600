// `npm run oracle`: INPact's figures against those of the DevTools engine and of Lighthouse, on the traces that Chrome's own tests read.
// Fails where a figure differs that known.mjs does not account for.

import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from '../prepare.mjs';
import { KNOWN } from './known.mjs';
import { publicTraces } from './traces.mjs';

/** @typedef {Record<string, unknown>} Figures */

/** Sums of milliseconds may differ in their last digits. */
const ROUNDING_MS = 0.01;

prepare();

const tally = { same: 0, known: 0, unreadable: 0 };
/** @type {string[]} */
const unaccounted = [];
for (const file of publicTraces()) {
  const ours = figuresOf('ours', file);
  if (ours === undefined) {
    unaccounted.push(`${basename(file)}: INPact can't read it`);
    continue;
  }
  for (const oracle of ['engine', 'lighthouse']) {
    const theirs = figuresOf(oracle, file, String(ours.firstEventUs));
    if (theirs === undefined) tally.unreadable++;
    else compare(file, oracle, ours, theirs);
  }
}
process.stdout.write(
  `${tally.same} figures agree, ${tally.known} differ for a known reason, ${unaccounted.length} for none. ` +
    `The other engines could not read ${tally.unreadable} times.\n`,
);
for (const difference of unaccounted) process.stdout.write(`  ${difference}\n`);
process.exitCode = unaccounted.length === 0 ? 0 : 1;

/** @type {(name: string, ...args: string[]) => Figures | undefined} Undefined where it fails. */
function figuresOf(name, ...args) {
  const script = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  try {
    const output = execFileSync(process.execPath, ['--max-old-space-size=6000', script, ...args], {
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    // The DevTools engine says on the way what it does.
    return JSON.parse(output.toString().trimEnd().split('\n').at(-1) ?? '');
  } catch {
    return undefined;
  }
}

/** @type {(file: string, oracle: string, ours: Figures, theirs: Figures) => void} */
function compare(file, oracle, ours, theirs) {
  const trace = basename(file, '.json.gz');
  const known = new Set(KNOWN.filter((one) => one.trace === trace).flatMap(({ figures }) => figures));
  for (const figure of Object.keys(theirs)) {
    if (isSame(ours[figure], theirs[figure])) tally.same++;
    else if (known.has(figure)) tally.known++;
    else {
      unaccounted.push(
        `${trace}: ${figure} is ${shown(ours[figure])}, and ${shown(theirs[figure])} in ${oracle}`,
      );
    }
  }
}

/** @type {(figure: unknown) => string} */
function shown(figure) {
  return figure === undefined ? 'none' : JSON.stringify(figure).slice(0, 120);
}

/** @type {(a: unknown, b: unknown) => boolean} */
function isSame(a, b) {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => isSame(one, b[i]));
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= ROUNDING_MS;
  return a === b;
}
