import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { number, parse, string, tuple } from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { isUnavailable } from '../../src/base/measure.ts';
import { median } from '../../src/base/median.ts';
import { SEGMENT_KINDS, type SegmentKind } from '../../src/insights/segments.ts';
import { readTrace } from '../../src/node/read-trace.ts';
import type { InsightFinding } from '../../src/result/findings-result.ts';
import type { ServerResult } from '../../src/result/server-result.ts';
import type { Load } from '../../src/result/session.ts';
import type { Interaction } from '../../src/result/trace-result.ts';
import { DELAYS } from '../support/planted-site/delays.ts';
import { type PlantedSite, startPlantedSite } from '../support/planted-site/start.ts';
import { serverQueueIn } from '../support/server-queue.ts';
import { sessionIn, stepOf } from '../support/session-files.ts';
import { inpact } from '../support/spawned.ts';

/** What the page is told to plant where: `window.plan` of the planted site's page. */
type Plan = Readonly<Record<string, number | string>>;

interface Plant {
  readonly name: string;
  /** What must grow by what is planted. */
  readonly moves: SegmentKind;
  readonly plan: (ms: number) => Plan;
}

const LOADS = 3;
const BLOCKED_LOOP = 'a loop blocked by another request';

/** In each the server waits for 120 ms: while Chrome still makes frames, whatever comes waits for the next of them. */
const plants = (site: PlantedSite): readonly Plant[] => [
  {
    name: 'a busy main thread before the click',
    moves: 'inputDelay',
    plan: (occupied) => ({ occupied }),
  },
  { name: 'a long handler', moves: 'handler', plan: (handler) => ({ handler }) },
  { name: 'a timer before the request', moves: 'scheduled', plan: (scheduled) => ({ scheduled }) },
  {
    name: 'a slow connection',
    moves: 'connection',
    plan: (ms) => ({ origin: site.origins.get(ms) ?? '' }),
  },
  { name: 'a redirect', moves: 'redirect', plan: (ms) => ({ path: `/data?redirect=${String(ms)}` }) },
  { name: BLOCKED_LOOP, moves: 'serverQueue', plan: (queue) => ({ queue }) },
  {
    name: 'a view that computes',
    moves: 'serverWork',
    plan: (ms) => ({ path: `/data?wait=120&work=${String(ms)}` }),
  },
  {
    name: 'a view that waits',
    moves: 'serverWork',
    plan: (ms) => ({ path: `/data?wait=${String(120 + ms)}` }),
  },
  {
    name: 'a view that asks its database on the loop',
    moves: 'serverWork',
    plan: (ms) => ({ path: `/data?wait=120&query=${String(ms)}` }),
  },
  {
    name: 'a body that trickles',
    moves: 'download',
    plan: (ms) => ({ path: `/data?wait=120&trickle=${String(ms)}` }),
  },
  {
    name: 'a main thread busy when the response comes',
    moves: 'mainThreadBusy',
    plan: (busyWhenAnswered) => ({ busyWhenAnswered, path: '/data?wait=120' }),
  },
  {
    name: 'a long response handler',
    moves: 'responseHandler',
    plan: (responseHandler) => ({ responseHandler }),
  },
  { name: 'a large layout', moves: 'rendering', plan: (layout) => ({ layout }) },
  { name: 'code between two requests', moves: 'betweenRequests', plan: (between) => ({ between }) },
  {
    name: 'a slow second request',
    moves: 'serverWork',
    plan: (ms) => ({ between: 0, path: `/data?wait=${String(120 + ms)}` }),
  },
];

const stepName = ({ name }: Plant, ms: number): string => `${name}, ${String(ms)} ms`;

/** A scenario of all plants, each without a delay and with each delay, as a user would write it. */
const scenarioOf = (site: PlantedSite, measurements: string): string => `
import { appendFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const steps = ${JSON.stringify(
  plants(site).flatMap((plant) =>
    [0, ...DELAYS].map((ms) => ({ name: stepName(plant, ms), plan: plant.plan(ms) })),
  ),
)};
export default {
  name: 'planted',
  steps: steps.map(({ name, plan }) => ({
    name,
    expects: 'interaction',
    async prepare({ page }) {
      await page.evaluate('delete document.documentElement.dataset.done; window.plan = ' + JSON.stringify(plan));
      if (plan.layout) await page.evaluate('window.plan.characters = charactersFor(window.plan.layout)');
    },
    async run({ page, user }) {
      if (plan.occupied) {
        const { x, y } = await (await page.$('#go')).clickablePoint();
        await page.mouse.move(x, y);
        await page.evaluate('void occupy(window.plan.occupied + 25)');
        await delay(20);
        // The release must not wait until the press was handled.
        await Promise.all([page.mouse.down(), page.mouse.up()]);
      } else await user.click('#go');
      await page.waitForSelector('html[data-done]');
    },
    async cleanUp({ page }) {
      const measured = await page.evaluate('window.measured');
      if (measured !== undefined)
        await appendFile(${JSON.stringify(measurements)}, JSON.stringify([name, measured]) + '\\n');
    },
  })),
};`;

/** By step, load after load: what the page itself saw of what was planted. */
type Measurements = ReadonlyMap<string, readonly number[]>;

async function measuredIn(file: string): Promise<Measurements> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const measured = lines.map((line) => parse(tuple([string(), number()]), JSON.parse(line)));
  const byStep = Map.groupBy(measured, ([name]) => name);
  return new Map(Array.from(byStep, ([name, own]) => [name, own.map(([, ms]) => ms)]));
}

let site: PlantedSite;
let folder = '';
const loads: Load[] = [];
let measured: Measurements = new Map();

/** What other programs do to one recording they do to few of several. What is wrong stays wrong in all. */
const MOST_RECORDINGS = 5;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inpact-planted-'));
  site = await startPlantedSite();
  const measurements = join(folder, 'measured.jsonl');
  const scenario = join(folder, 'scenario.mjs');
  await writeFile(scenario, scenarioOf(site, measurements));
  for (let recording = 0; recording < MOST_RECORDINGS; recording++) {
    const results = join(folder, String(recording));
    const { code, stderr } = await inpact([
      'record',
      site.url,
      `--scenario=${scenario}`,
      `--server-trace=${site.traceUrl}`,
      `--output=${results}`,
      `--runs=${String(LOADS)}`,
      '--warm-ups=0',
      '--host-check=off',
      // Nobody vouches for the slow connection's certificate.
      '--chrome-flags=--ignore-certificate-errors',
    ]);
    if (code !== 0) throw new Error(stderr);
    loads.push(...(await sessionIn(results)).loads);
    measured = await measuredIn(measurements);
    if (plants(site).every((plant) => DELAYS.every((ms) => wrongIn(plant, ms).length === 0))) return;
  }
}, 900_000);

afterAll(async () => {
  await site.stop();
  await rm(folder, { recursive: true, force: true });
});

/** How long a load's step spent in each kind of segment. */
function spent(load: Load, name: string): Readonly<Record<string, number>> {
  const { interaction } = stepOf(load, name);
  if (isUnavailable(interaction)) throw new Error(`There is no interaction of ${name}.`);
  return Object.fromEntries(
    [...Map.groupBy(interaction.chain.segments, ({ kind }) => kind)].map(([kind, segments]) => [
      kind,
      segments.reduce((sum, { durationMs }) => sum + durationMs, 0),
    ]),
  );
}

/** By how much a kind grew, as the median over the loads, each against its own step without a delay. */
const growth = (plant: Plant, ms: number, kind: SegmentKind): number =>
  median(
    loads.map(
      (load) => (spent(load, stepName(plant, ms))[kind] ?? 0) - (spent(load, stepName(plant, 0))[kind] ?? 0),
    ),
  );

/** What was planted: what the page saw of it, where it could not be had to the millisecond. */
const planted = (plant: Plant, ms: number): number => {
  const [seen, without = [0]] = [ms, 0].map((length) => measured.get(stepName(plant, length)));
  return seen === undefined ? ms : median(seen) - median(without);
};

/** What a growth may differ from what was planted: the bar that this project sets itself. */
const tolerance = (ms: number): number => Math.max(10, ms / 10);

/** What grew by something else than was planted there. */
function wrongIn(plant: Plant, ms: number): readonly string[] {
  const expected = planted(plant, ms);
  return SEGMENT_KINDS.map((kind) => ({
    kind,
    grew: growth(plant, ms, kind),
    by: kind === plant.moves ? expected : 0,
  }))
    .filter(({ grew, by }) => Math.abs(grew - by) > tolerance(by))
    .map(({ kind, grew, by }) => `${kind} grew by ${grew.toFixed(1)} instead of ${by.toFixed(1)} ms`);
}

test('every load is fit to be judged, and the server is on the page’s clock', () => {
  expect(loads.flatMap(({ problems }) => problems)).toEqual([]);
  for (const { trace } of loads) {
    expect(trace?.serverClock).toMatchObject({ how: 'shared', evidence: 'proven', contradicting: 0 });
  }
});

const NOWHERE: PlantedSite = { url: '', traceUrl: '', origins: new Map(), stop: () => Promise.resolve() };

describe.each(plants(NOWHERE).map(({ name }) => name))('%s', (name) => {
  test.each(DELAYS)('of %i ms moves its own segment by that, and no other', (ms) => {
    const plant = plants(site).find((candidate) => candidate.name === name);
    if (plant === undefined) throw new Error(`There is no plant ${name}.`);
    expect(wrongIn(plant, ms)).toEqual([]);
  });
});

interface Clicked {
  readonly load: Load;
  readonly interaction: Interaction;
  readonly server: ServerResult;
}

/** Each load's click of one plant. */
function clicksOf(name: string, ms: number): readonly Clicked[] {
  return loads.map((load) => {
    const { interaction } = stepOf(load, `${name}, ${String(ms)} ms`);
    const server = load.trace?.server;
    if (isUnavailable(interaction) || server === undefined || isUnavailable(server))
      throw new Error(`There is no ${name} in ${load.id}.`);
    return { load, interaction, server };
  });
}

const findingsOf = ({ load, interaction }: Clicked, id: InsightFinding['id']): readonly InsightFinding[] =>
  (load.trace?.findings ?? []).filter(
    (finding) => finding.id === id && finding.interactionId === interaction.interactionId,
  );

test.each(DELAYS)(
  'a loop that is blocked for %i ms is found to be so for as long as the server measured',
  (ms) => {
    const queues = loads.map((load) => serverQueueIn(load, `${BLOCKED_LOOP}, ${String(ms)} ms`));
    for (const { segment, foundMs, measuredMs } of queues) {
      expect(Math.abs(foundMs - measuredMs)).toBeLessThan(5);
      expect(segment?.evidence).not.toBe('guessed');
    }
    expect(median(queues.map(({ measuredMs }) => measuredMs))).toBeGreaterThan(ms / 2);
  },
);

test('a query on the loop is named with its file, line and SQL, without the values in it', () => {
  for (const click of clicksOf('a view that asks its database on the loop', 150)) {
    const [query, ...others] = findingsOf(click, 'synchronous-query-on-event-loop');
    expect(others).toEqual([]);
    expect(query?.where.sql).toBe('SELECT * FROM rows WHERE owner = ? AND size > ?');
    expect(query?.where.code[0]).toMatchObject({
      url: expect.stringMatching(/planted-site\/server\.ts$/),
      line: expect.any(Number),
    });
    expect(JSON.stringify(query)).not.toContain('Ann');
  }
});

test.each(['a view that computes', 'a view that waits', BLOCKED_LOOP])(
  '%s is no matter of the database',
  (name) => {
    for (const click of clicksOf(name, 150))
      expect(findingsOf(click, 'synchronous-query-on-event-loop')).toEqual([]);
  },
);

test('without the server’s trace its own figures are taken, and are inferred', async () => {
  const differences: number[] = [];
  for (const { load, interaction } of clicksOf(BLOCKED_LOOP, 150)) {
    const file = load.traceFile ?? '';
    const recording = String(Math.floor(loads.indexOf(load) / LOADS));
    const trace = await analyze({ file, bytes: readTrace(join(folder, recording, file)) });
    expect(trace.serverClock).toEqual({ unavailable: 'no-server-trace' });
    const alone = trace.interactions.find(({ interactionId }) => interactionId === interaction.interactionId);
    const [own, known] = [alone, interaction].map((click) =>
      click?.chain.segments.find(({ kind }) => kind === 'serverQueue'),
    );
    // A request that met a free loop did not wait for it.
    if (known === undefined) continue;
    expect(own?.evidence).toBe('inferred');
    differences.push(Math.abs((own?.durationMs ?? 0) - known.durationMs));
  }
  // The server knows how long its loop was blocked, and not how much of that was over when the request arrived.
  expect(median(differences)).toBeLessThan(15);
});
