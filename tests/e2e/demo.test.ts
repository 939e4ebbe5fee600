import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { isUnavailable } from '../../src/base/measure.ts';
import { median } from '../../src/base/median.ts';
import { findChrome } from '../../src/capture/browser/find-chrome.ts';
import { readTrace } from '../../src/node/read-trace.ts';
import type { Load } from '../../src/result/load.ts';
import type { FindingRow, PipelineRow } from '../../src/result/session-summary.ts';
import type { Session } from '../../src/result/session.ts';
import { type RawTrace, rawTimings, readRawTrace } from '../support/raw-trace.ts';
import { loopTold } from '../support/loop-told.ts';
import { serverQueueIn } from '../support/server-queue.ts';
import { medianOf, sessionIn, stepOf, unfinishedIn } from '../support/session-files.ts';
import { type Ended, inpact } from '../support/spawned.ts';

const SYNC = 'sync-backed';
const ASYNC = 'async-backed';
const BOTH = [SYNC, ASYNC];

let folder = '';
let ended: Ended;
let session: Session;
/** By file name. */
const rawTraces = new Map<string, RawTrace>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inpact-demo-'));
  ended = await inpact(['demo', '-n', '2', '--warm-ups', '0', '--seed', '7', '-o', folder]);
  session = await sessionIn(folder);
  for (const { traceFile } of session.loads) {
    if (traceFile !== null) rawTraces.set(traceFile, await readRawTrace(join(folder, traceFile)));
  }
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the demo', () => {
  test('ends well, with the answer and the report’s path on stdout', () => {
    expect([ended.code, ended.stderr]).toEqual([0, expect.stringContaining('[4/4]')]);
    expect(ended.stdout.startsWith(session.answer.sentences.join('\n'))).toBe(true);
    expect(ended.stdout.trimEnd().endsWith(`Report: ${join(folder, 'report.html')}`)).toBe(true);
  });

  test('records valid loads of both variants, with an interaction in every step', () => {
    expect(session.loads.map(({ problems }) => problems)).toEqual([[], [], [], []]);
    for (const variant of BOTH) {
      const own = session.loads.filter((load) => load.variant === variant && load.status === 'valid');
      expect(own.map(({ round }) => round)).toEqual([0, 1]);
    }
    for (const load of session.loads) {
      for (const { name } of session.scenario.steps) {
        expect(isUnavailable(stepOf(load, name).interaction)).toBe(false);
      }
    }
  });

  test('leaves a report, a session, two traces for each load, and nothing unfinished', async () => {
    const traces = session.loads.flatMap(({ traceFile, serverTraceFile }) => [traceFile, serverTraceFile]);
    expect((await readdir(folder)).toSorted()).toEqual(
      [...traces, 'report.html', 'session.json'].map(String).toSorted(),
    );
    expect(await unfinishedIn(folder)).toEqual([]);
  });
});

/** Of its longest task, how much of the time it had a processor. */
const cpuShare = (variant: string, step: string): number =>
  medianOf(session, variant, step, 'longestTaskCpuMs') / medianOf(session, variant, step, 'longestTaskMs');

describe('the lab shows', () => {
  test('that the result comes long after the frame that INP ends with', () => {
    const icp = medianOf(session, SYNC, 'fetch-report', 'icpMs');
    expect(icp).toBeGreaterThan(3 * medianOf(session, SYNC, 'fetch-report', 'inpMs'));
  });

  test('that the sync-backed endpoint blocks its loop for the query, and the async-backed one does not', () => {
    // What was measured of the query when the lab began says nothing of a machine whose load has changed since.
    const queryMs = median(behind().map((load) => queryOf(load, 'fetch-report')));
    expect(queryMs).toBeGreaterThan(0);
    const sync = medianOf(session, SYNC, 'fetch-report', 'loopBlockedMs');
    expect(sync).toBeGreaterThanOrEqual(0.9 * queryMs);
    // Other programs may take the processor from it.
    expect(medianOf(session, ASYNC, 'fetch-report', 'loopBlockedMs')).toBeLessThan(0.5 * sync);
  });

  test('that a page in a synchronous XHR waits and does not work', () => {
    for (const variant of BOTH) {
      const wall = medianOf(session, variant, 'xhr-report', 'longestTaskMs');
      expect(wall).toBeGreaterThanOrEqual(3 * medianOf(session, variant, 'xhr-report', 'longestTaskCpuMs'));
    }
  });

  test('that a page that computes works', () => {
    // Other work on the machine takes the processor from both alike.
    for (const variant of BOTH) {
      const working = cpuShare(variant, 'heavy-handler');
      expect(working).toBeGreaterThan(2 * cpuShare(variant, 'xhr-report'));
    }
  });

  test('that other visitors’ queries hold up a small request only behind the sync-backed endpoint', () => {
    const [sync = 0, async = 0] = BOTH.map((variant) =>
      medianOf(session, variant, 'fetch-light-busy', 'icpMs'),
    );
    expect(sync).toBeGreaterThan(2 * async);
  });
});

/** For how long the answer to a step's request says that it was at its database. */
const queryOf = (load: Load, step: string): number =>
  stepOf(load, step).requests[0]?.serverTiming.find(({ name }) => name === 'db')?.durationMs ?? Number.NaN;

const behind = (): readonly Load[] => session.loads.filter(({ variant }) => variant === SYNC);

describe('the chain of a click behind a blocked loop', () => {
  test('has the wait for it, as long as the server itself measured', () => {
    const queues = behind().map((load) => serverQueueIn(load, 'fetch-light-busy'));
    for (const { segment, foundMs, measuredMs } of queues) {
      expect(Math.abs(foundMs - measuredMs)).toBeLessThan(5);
      expect(segment?.evidence).not.toBe('guessed');
    }
    expect(Math.max(...queues.map(({ measuredMs }) => measuredMs))).toBeGreaterThan(0);
    for (const { trace } of behind()) {
      expect(trace?.serverClock).toMatchObject({ how: 'shared', evidence: 'proven', contradicting: 0 });
    }
  });

  test('infers it from the response, where there is no trace of the server’s and the response tells of it', async () => {
    for (const load of behind()) {
      const { interaction } = stepOf(load, 'fetch-light-busy');
      const file = join(folder, load.traceFile ?? '');
      const trace = await analyze({ file, bytes: readTrace(file) });
      if (isUnavailable(interaction)) throw new Error('There is no click.');
      const alone = trace.interactions.find(
        ({ interactionId }) => interactionId === interaction.interactionId,
      );
      const queue = alone?.chain.segments.find(({ kind }) => kind === 'serverQueue');
      if (queue === undefined && loopTold(trace, alone) === 0) continue;
      expect(queue?.evidence).toBe('inferred');
      // The response tells of the last block only, and the request may have waited for several.
      expect(queue?.durationMs).toBeLessThan(serverQueueIn(load, 'fetch-light-busy').foundMs + 15);
    }
  });
});

const cpuOf = ({ cpuMs }: PipelineRow['stages']['eventLoop']): number =>
  isUnavailable(cpuMs) ? Number.NaN : cpuMs.median;

const recurring = (variant: string, step: string): readonly FindingRow[] =>
  session.findings.filter((row) => row.variant === variant && row.step === step && row.recurs);

describe('the findings say', () => {
  test('that the small request waited for a query on the server’s loop: its line, its SQL, and what to do', () => {
    const rows = recurring(SYNC, 'fetch-light-busy');
    const ids = rows.map(({ id }) => id);
    expect(ids).toContain('synchronous-query-on-event-loop');
    expect(ids).toContain('server-loop-blocked');
    const query = rows.find(({ id }) => id === 'synchronous-query-on-event-loop');
    expect(query).toMatchObject({ runs: 2, ofRuns: 2 });
    const [code] = query?.example.where.code ?? [];
    expect(code?.side).toBe('server');
    expect(code?.url).toMatch(/fixtures\/lab\/routes\.js$/);
    expect(code?.line).toBeGreaterThan(0);
    expect(query?.example.where.sql).toMatch(/^SELECT .* FROM orders/);
    // Literals are not in it.
    expect(query?.example.where.sql).not.toMatch(/[\s=(]\d/);
    expect(session.answer.next.map(({ id }) => id)).toContain('synchronous-query-on-event-loop');
    expect(ended.stdout).toMatch(/synchronous-query-on-event-loop \(2\/2.*lab\/routes\.js:\d+/);
  });

  test('nothing such of the async-backed endpoint, whose queries run in a thread', () => {
    for (const { name } of session.scenario.steps) {
      expect(recurring(ASYNC, name).map(({ id }) => id)).not.toContain('synchronous-query-on-event-loop');
    }
    expect(recurring(ASYNC, 'fetch-report').map(({ id }) => id)).toContain('slow-server-work');
  });

  test('which line sent the synchronous request', () => {
    for (const variant of BOTH) {
      const row = recurring(variant, 'xhr-report').find(({ id }) => id === 'synchronous-xhr');
      expect(row?.example.where.code[0]?.url).toMatch(/\/page\.js$/);
    }
  });

  test('that no insight failed', () => {
    const outcomes = session.loads.flatMap(({ trace }) => trace?.insights ?? []);
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
  });

  test('where the time of each step goes', () => {
    const row = session.pipelines.find(({ variant, step }) => variant === SYNC && step === 'xhr-report');
    expect(row?.bottleneck).toBe('dataFetching');
    // By the processor's time: on a busy machine any frame may take long.
    const computing = session.pipelines.filter(({ step }) => step === 'heavy-handler');
    expect(computing).toHaveLength(2);
    for (const { stages } of computing) {
      expect(cpuOf(stages.eventLoop)).toBeGreaterThan(cpuOf(stages.dataFetching) + cpuOf(stages.rendering));
    }
  });
});

describe('each trace', () => {
  test('is a packed JSON object that names the page’s frame and the clock', async () => {
    expect(rawTraces.size).toBe(4);
    for (const [file, { traceEvents, metadata }] of rawTraces) {
      expect([...(await readFile(join(folder, file))).subarray(0, 2)]).toEqual([0x1f, 0x8b]);
      const started = traceEvents.filter(({ name }) => name === 'TracingStartedInBrowser');
      expect(started).toHaveLength(1);
      const pages =
        started[0]?.args.data?.frames?.filter((frame) => frame.isOutermostMainFrame === true) ?? [];
      const load = session.loads.find(({ traceFile }) => traceFile === file);
      expect(load?.trace?.mainThread).toMatchObject({ pid: pages[0]?.processId });
      expect(metadata['clock-domain']).toBe(load?.trace?.clock);
      expect(metadata['clock-domain']).toBeTypeOf('string');
    }
  });

  test('has every task once', () => {
    for (const { traceEvents } of rawTraces.values()) {
      expect(traceEvents.filter(({ cat }) => cat.split(',').includes('toplevel'))).toEqual([]);
      const tasks = traceEvents.filter(({ name, ph }) => ph === 'X' && name.endsWith('RunTask'));
      const starts = tasks.map(({ pid, tid, ts }) => `${String(pid)} ${String(tid)} ${String(ts)}`);
      expect(starts.length).toBeGreaterThan(100);
      expect(new Set(starts).size).toBe(starts.length);
    }
  });

  test('was read to its last event', () => {
    for (const { trace } of session.loads) {
      expect(trace?.partial).toBe(false);
      expect(trace?.events.read).toBe(rawTraces.get(trace?.file ?? '')?.traceEvents.length);
      expect(Object.values(trace?.events.dropped ?? {}).reduce((a, b) => a + b, 0)).toBe(0);
    }
  });
});

describe('computed in another way from the raw trace', () => {
  test('INP is the same', () => {
    for (const { trace } of session.loads) {
      const timings = rawTimings(rawTraces.get(trace?.file ?? '') ?? { traceEvents: [], metadata: {} });
      const longestUs = Math.max(...timings.map(({ start, end }) => end - start));
      expect(trace?.inp).toMatchObject({ durationMs: longestUs / 1000 });
      expect(new Set(timings.map(({ interactionId }) => interactionId)).size).toBe(
        trace?.interactions.length,
      );
    }
  });

  test('ICP is the same: from the click’s event to the candidate that Chrome attributed to it', () => {
    for (const load of session.loads) {
      const raw = rawTraces.get(load.traceFile ?? '') ?? { traceEvents: [], metadata: {} };
      const { interaction, startMs, endMs } = stepOf(load, 'fetch-report');
      const origin = load.trace?.firstEventUs ?? Number.NaN;
      const isWithin = (us: number): boolean => us >= origin + startMs * 1000 && us < origin + endMs * 1000;
      const click = rawTimings(raw).find(({ type, start }) => type === 'click' && isWithin(start));
      const painted = raw.traceEvents
        .filter(({ name }) => name === 'largestContentfulPaint::CandidateForSoftNavigation')
        .filter(({ ts }) => isWithin(ts))
        .map(({ ts }) => ts);
      expect(interaction).toMatchObject({
        icpMs: expect.closeTo((Math.max(...painted) - (click?.start ?? Number.NaN)) / 1000, 3),
      });
    }
  });

  test('the longest task is the same', () => {
    for (const { trace } of session.loads) {
      if (trace === null || isUnavailable(trace.mainThread)) throw new Error('There is no main thread.');
      const { pid, tid } = trace.mainThread;
      const tasks = rawTraces
        .get(trace.file)
        ?.traceEvents.filter((event) => event.name === 'RunTask' && event.pid === pid && event.tid === tid)
        .map(({ dur = 0 }) => dur);
      expect(trace.longTasks.longestMs).toBe(Math.max(...(tasks ?? [])) / 1000);
      expect(trace.longTasks.count).toBe(tasks?.filter((dur) => dur > 50_000).length);
    }
  });
});

test('the report opens from its file, asks the network for nothing, and shows the session’s figures', async () => {
  const { path } = await findChrome({ env: process.env });
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await launch({ executablePath: path, args });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const url = pathToFileURL(join(folder, 'report.html')).href;
  const noise: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) noise.push(request.url());
  });
  await page.goto(url);
  await page.waitForSelector('[data-metric]');
  const cells = await page.$$eval('[data-metric]', (elements) =>
    elements.map((element) =>
      ['variant', 'step', 'metric', 'value'].map((name) => element.getAttribute(`data-${name}`)).join(' '),
    ),
  );
  const expected = session.summary.flatMap(({ variant, step, metrics }) =>
    Object.entries(metrics).map(([metric, measured]) =>
      [variant, step, metric, isUnavailable(measured) ? 'unavailable' : measured.median].join(' '),
    ),
  );
  expect(new Set(cells)).toEqual(new Set(expected));
  expect(cells).toHaveLength(expected.length);
  expect(noise).toEqual([]);
});
