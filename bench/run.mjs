// `npm run bench`: INPact against what else reads Chrome traces, on the same files in the same run.
//
//   --quick   two sizes, fewer runs: under two minutes
//   --trace   one more trace to measure on (may be given several times)
//   --large   a trace of 2.5 GB too, plain and gzipped: takes 3 GB of disk for a while
//   --agent   only what the agent inside a server costs: under two minutes
//   --growth  only how the cost of each recorded behaviour grows with its trace: two minutes
//   --rounds  how often everything runs at each size (default 5)

import { rmSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { agentTable } from './agent.mjs';
import { growthTable } from './growth.mjs';
import { measure, measureAll } from './measure.mjs';
import { prepare } from './prepare.mjs';
import { ratio, tableOf, whole } from './report.mjs';
import { ANALYZE, ENGINE, PARSE, SCAN, targetTable, timeTargets } from './targets.mjs';
import { gzipped, hasPublicTrace, megabytesOf, publicTrace, tiled } from './traces.mjs';

const script = (/** @type {string} */ name) => new URL(`subjects/${name}.mjs`, import.meta.url);

/** Without more heap than Node gives, the engine fails on traces that it can read. */
const PEER_HEAP_MB = 12_000;

const OWN = { name: ANALYZE, script: script('analyze') };
/** @type {readonly import('./measure.mjs').Subject[]} */
const OURS = [
  OWN,
  { name: 'INPact: analyze, V8’s default mode', script: script('analyze-default-mode') },
  {
    name: 'INPact: command line',
    script: new URL('../dist/cli/main.js', import.meta.url),
    args: ['analyze', '--json'],
  },
  { name: SCAN, script: script('scan') },
  { name: 'INPact: scan, plain TypeScript', script: script('scan-plain') },
];
/** @type {readonly import('./measure.mjs').Subject[]} */
const PEERS = [
  { name: PARSE, script: script('json-parse') },
  { name: ENGINE, script: script('trace-engine'), heapMb: PEER_HEAP_MB },
  {
    name: 'DevTools engine, no insights',
    script: script('trace-engine-handlers'),
    heapMb: PEER_HEAP_MB,
  },
  { name: 'Lighthouse 13.5.0, main-thread tasks', script: script('lighthouse'), heapMb: PEER_HEAP_MB },
  { name: 'tracium 0.2.1', script: script('tracium'), heapMb: PEER_HEAP_MB },
];
/** At 400 MB. In the one round that they run, ours may be slower than in the next, by what the file's cache lacks. */
const SLOW_PEERS = new Set(PEERS.filter(({ name }) => name !== PARSE));
const GUNZIP = { name: 'gunzip alone', script: script('gunzip') };

const { values } = parseArgs({
  options: {
    agent: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    trace: { type: 'string', multiple: true, default: [] },
    large: { type: 'boolean', default: false },
    rounds: { type: 'string' },
  },
});
const ROUNDS = Number(values.rounds ?? (values.quick ? 3 : 5));
const LARGE_MEGABYTES = 2500;
/** What takes minutes is run once. */
const SLOW_MEGABYTES = 200;

const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);
const log = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);

// These two are measured beside nobody.
prepare({ withPeers: !values.agent && !values.growth });
say(machine());
if (values.agent) {
  say(`\n## The agent inside a server\n\n${await agentTable({ rounds: Number(values.rounds ?? 15), log })}`);
  process.exit();
}
if (values.growth) {
  say(`\n## Growth\n\n${await growthTable(OWN, log)}`);
  process.exit();
}
/** @type {import('./targets.mjs').Target[]} */
const targets = [];
/** @type {{ name: string, megabytes: number, runs: readonly import('./measure.mjs').Used[] }[]} */
const linearity = [];

for (const { name, file } of await plainTraces()) {
  const megabytes = megabytesOf(file);
  log(`${name}, ${megabytes.toFixed(0)} MB`);
  const isSlow = megabytes > SLOW_MEGABYTES;
  const results = await measureAll([...OURS, ...PEERS], {
    file,
    rounds: (subject) => (isSlow && SLOW_PEERS.has(subject) ? 1 : ROUNDS),
    log,
  });
  say(`\n## ${name}: ${megabytes.toFixed(1)} MB\n\n${tableOf(results, ANALYZE)}`);
  targets.push(...timeTargets(results, `${megabytes.toFixed(0)} MB`, megabytes));
  linearity.push({ name, megabytes, runs: results.get(ANALYZE)?.runs ?? [] });
}
for (const { name, file } of await packedTraces()) {
  log(`${name}, gzipped`);
  const ours = OURS.filter((subject) => subject.name === ANALYZE || subject.name === SCAN);
  const results = await measureAll([...ours, GUNZIP], { file, rounds: () => ROUNDS, log });
  say(`\n## ${name}, gzipped: ${megabytesOf(file).toFixed(1)} MB packed\n\n${tableOf(results, GUNZIP.name)}`);
  targets.push({
    what: `${name}, gzipped: analyze against gunzip alone`,
    value: ratio(results.get(ANALYZE)?.runs ?? [], results.get(GUNZIP.name)?.runs ?? [], 'wallMs'),
    least: 1.6,
    aim: 1.1,
    unit: '× its time (wall)',
    lowerIsBetter: true,
  });
}
targets.push(...linearityTargets());
if (values.large) targets.push(...(await largeTargets()));
say(`\n## Targets\n\n${targetTable(targets)}`);

/** The lab's trace at several sizes: it costs in proportion. */
function linearityTargets() {
  const own = linearity.filter(({ name }) => name.startsWith('Lab'));
  const [smaller, larger] = [own.at(-2), own.at(-1)];
  return smaller === undefined || larger === undefined ? [] : [growthTarget(smaller, larger)];
}

/** @typedef {{ megabytes: number, runs: readonly import('./measure.mjs').Used[] }} Sized */

/** @type {(smaller: Sized, larger: Sized) => import('./targets.mjs').Target} */
function growthTarget(smaller, larger) {
  const growth = larger.megabytes / smaller.megabytes;
  return {
    what: `analyze of ${whole(larger.megabytes)} MB against ${whole(smaller.megabytes)} MB`,
    value: ratio(larger.runs, smaller.runs, 'cpuMs') / growth,
    least: 1.1,
    aim: 1,
    unit: '× the time per MB (CPU)',
    lowerIsBetter: true,
  };
}

/** The largest trace, plain and packed, once: it is made for this, and taken away again. */
async function largeTargets() {
  const found = [];
  const smaller = linearity.findLast(({ name }) => name.startsWith('Lab'));
  for (const ending of ['json', 'json.gz']) {
    const file = await tiled(LARGE_MEGABYTES, ending);
    log(`${String(LARGE_MEGABYTES)} MB, ${ending}`);
    const megabytes = megabytesOf(file);
    const used = await measure(OWN, file);
    rmSync(file);
    if ('failed' in used) throw new Error(used.failed);
    const { cpuMs, wallMs, peakMb } = used;
    const what = `${String(LARGE_MEGABYTES / 1000)} GB of ${ending}: analyze, peak memory`;
    say(`\n${what}: ${whole(peakMb)} MB; ${whole(cpuMs)} ms CPU, ${whole(wallMs)} ms wall`);
    found.push({
      what,
      value: peakMb,
      least: 1000,
      aim: 100 + 0.1 * LARGE_MEGABYTES,
      unit: 'MB',
      lowerIsBetter: true,
    });
    if (ending === 'json' && smaller !== undefined)
      found.push(growthTarget(smaller, { megabytes, runs: [used] }));
  }
  return found;
}

async function plainTraces() {
  const sizes = values.quick ? [10, 90] : [10, 90, 400];
  const traces = [];
  for (const size of sizes) {
    traces.push({ name: `Lab trace, tiled to ${String(size)} MB`, file: await tiled(size) });
  }
  if (hasPublicTrace && !values.quick) {
    traces.push({ name: 'Recording of a busy public site', file: await publicTrace() });
  }
  return [...traces, ...values.trace.map((file) => ({ name: file, file }))];
}

async function packedTraces() {
  const size = values.quick ? 90 : 400;
  const traces = [{ name: `Lab trace, tiled to ${String(size)} MB`, file: await gzipped(await tiled(size)) }];
  if (hasPublicTrace && !values.quick) {
    traces.push({ name: 'Recording of a busy public site', file: await gzipped(await publicTrace()) });
  }
  return traces;
}

function machine() {
  const [cpu] = cpus();
  return [
    `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    `${String(cpus().length)} × ${cpu?.model ?? 'unknown processor'}`,
    `${(totalmem() / 1e9).toFixed(0)} GB of memory`,
    new Date().toISOString().slice(0, 10),
    `medians of ${String(ROUNDS)} rounds; every figure includes the start of its process`,
  ].join('; ');
}
