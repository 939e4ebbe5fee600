// `npm run bench -- --agent`: what the agent costs the server that it is in.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';
import { markdown } from './report.mjs';

const SERVER = fileURLToPath(new URL('subjects/agent-server.mjs', import.meta.url));
const CLIENTS = 8;
const REQUESTS = { empty: 12_000, ordinary: 5_000, page: 800 };
const PATHS = { empty: '/', ordinary: '/customers/7/orders', page: '/orders' };
const NAMES = {
  empty: 'nothing: node:http and a fixed answer',
  ordinary: 'an Express route, a query for 50 rows, JSON',
  page: 'an Express route that renders a table of 1,000 rows',
};
const AIM = 0.02;

/** Longer than the agent's watch goes on once nobody asks any more. */
const UNTIL_REST_MS = 2_000;
const IDLE_MS = 5_000;

/** @typedef {'empty' | 'ordinary' | 'page'} Workload */
/** @typedef {{ port: number, cpuUs: () => Promise<number>, stop: () => void }} Running */

/**
 * Both servers run all the time and are asked in turn, in an order that changes, so that a change of the machine's mood falls on
 * both. What counts is the processor time of the server's process for the same requests; their rate depends on who else runs here.
 * @param {{ rounds: number, log: (text: string) => void }} options
 * @returns {Promise<string>}
 */
export async function agentTable({ rounds, log }) {
  const rows = [];
  for (const workload of /** @type {const} */ (['empty', 'ordinary', 'page'])) {
    const runs = await pairedRuns(workload, rounds, log);
    const cpu = runs.map(({ on, off }) => on.cpuUs / off.cpuUs - 1);
    const rate = runs.map(({ on, off }) => 1 - on.perSecond / off.perSecond);
    const added = runs.map(({ on, off }) => on.cpuUs - off.cpuUs);
    rows.push([
      NAMES[workload],
      `${tenths(median(runs.map(({ off }) => off.cpuUs)))} µs`,
      `${tenths(median(added))} µs`,
      percentOf(cpu),
      percentOf(rate),
      String(runs.length),
      median(cpu) <= AIM ? 'reached' : 'MISSED',
    ]);
  }
  const idle = await idleShare();
  log(`  idle: ${(idle * 100).toFixed(2)} % of a processor`);
  const table = markdown(
    [
      'a request does',
      'CPU, agent off',
      'CPU added',
      'CPU added',
      'throughput lost',
      'pairs',
      `under ${String(AIM * 100)} % of CPU`,
    ],
    rows,
  );
  return `${table}\n\nA server with the agent that nobody asks takes ${(idle * 100).toFixed(2)} % of a processor.`;
}

/** What part of a processor a server takes that nobody asks. */
async function idleShare() {
  const server = await start('empty', 'on');
  try {
    await drive(server, 'empty', 1);
    await setTimeout(UNTIL_REST_MS);
    const before = await server.cpuUs();
    const started = performance.now();
    await setTimeout(IDLE_MS);
    return ((await server.cpuUs()) - before) / 1_000 / (performance.now() - started);
  } finally {
    server.stop();
  }
}

/** The median, and the middle half of the pairs. */
function percentOf(/** @type {readonly number[]} */ shares) {
  const sorted = shares.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return `${percent(median(shares))} % (${percent(at(0.25))} to ${percent(at(0.75))})`;
}

const percent = (/** @type {number} */ share) => (share * 100).toFixed(1);
const tenths = (/** @type {number} */ value) =>
  value.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** @typedef {{ cpuUs: number, perSecond: number }} Round */

/**
 * @param {Workload} workload
 * @param {number} rounds
 * @param {(text: string) => void} log
 */
async function pairedRuns(workload, rounds, log) {
  const on = await start(workload, 'on');
  const off = await start(workload, 'off');
  /** @type {{ on: Round, off: Round }[]} */
  const pairs = [];
  try {
    // Until both are compiled, and the agent's store has been full once: from then on it costs what it costs.
    for (const server of [on, off, on, off]) await drive(server, workload, REQUESTS[workload] * 3);
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? [on, off] : [off, on];
      const taken = new Map();
      for (const server of order) taken.set(server, await drive(server, workload, REQUESTS[workload]));
      const pair = { on: taken.get(on), off: taken.get(off) };
      pairs.push(pair);
      log(
        `  ${workload}: ${pair.off.cpuUs.toFixed(1)} µs without, ${pair.on.cpuUs.toFixed(1)} µs with the agent`,
      );
    }
  } finally {
    on.stop();
    off.stop();
  }
  return pairs;
}

/**
 * @param {Workload} workload
 * @param {'on' | 'off'} state
 * @returns {Promise<Running>}
 */
async function start(workload, state) {
  const child = fork(SERVER, [workload, state], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const [{ port }] = await once(child, 'message');
  return {
    port,
    async cpuUs() {
      child.send('used?');
      const [{ cpuUs }] = await once(child, 'message');
      return cpuUs;
    },
    stop: () => child.disconnect(),
  };
}

/**
 * @param {Running} server
 * @param {Workload} workload
 * @param {number} requests
 * @returns {Promise<Round>}
 */
async function drive(server, workload, requests) {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const before = await server.cpuUs();
  const started = process.hrtime.bigint();
  let left = requests;
  const client = async () => {
    while (left-- > 0) await ask({ port: server.port, path: PATHS[workload], agent });
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const used = (await server.cpuUs()) - before;
  agent.destroy();
  return { cpuUs: used / requests, perSecond: requests / seconds };
}

/** @returns {Promise<void>} */
const ask = (/** @type {import('node:http').RequestOptions} */ options) =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', ...options }, (response) => {
      response.resume();
      response.once('end', () => resolve());
      response.once('error', reject);
    }).once('error', reject);
  });
