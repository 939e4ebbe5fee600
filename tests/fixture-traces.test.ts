import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { homedir, hostname, tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { analyze } from '../src/analyze.ts';
import { isUnavailable } from '../src/base/measure.ts';
import type { Interaction, TraceResult } from '../src/result/trace-result.ts';
import {
  asyncKey,
  candidatesOf,
  latenciesOf,
  longTasksOf,
  named,
  pageOf,
  type PlainTrace,
  readPlainly,
  timingsOf,
  TRACES,
} from './fixture-traces/plain-reading.ts';
import { bytesOf, inChunks } from './support/trace-bytes.ts';

const NAMES = readdirSync(TRACES)
  .filter((file) => file.endsWith('.json.gz'))
  .map((file) => file.replace('.json.gz', ''));

/** Fed byte by byte, a megabyte takes seconds. */
const SMALL_BYTES = 900_000;

interface Read {
  readonly plain: PlainTrace;
  readonly result: TraceResult;
}

const reads = new Map<string, Promise<Read>>();

/** Read once for all tests. */
function read(name: string): Promise<Read> {
  const known = reads.get(name) ?? readAnew(name);
  reads.set(name, known);
  return known;
}

async function readAnew(name: string): Promise<Read> {
  const plain = readPlainly(name);
  return { plain, result: await analyze({ file: name, bytes: inChunks(bytesOf(plain.text), 65_536) }) };
}

const ms = (us: number): number => Math.round(us) / 1000;

/** The raw timestamp of something that the result counts from the trace's first event. */
const rawTime = ({ firstEventUs }: TraceResult, startMs: number): number =>
  firstEventUs + Math.round(startMs * 1000);

const partsOf = (interaction: Interaction): readonly number[] => [
  interaction.inputDelayMs,
  interaction.processingDurationMs,
  interaction.presentationDelayMs,
];

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

describe.each(NAMES)('the recorded trace %s', (name) => {
  test('is read whole, each event of it', async () => {
    const { plain, result } = await read(name);
    expect(result.partial).toBe(false);
    expect(result.events.read).toBe(plain.events.length);
    expect(sum(Object.values(result.events.dropped))).toBe(0);
  });

  test('says the same in chunks of 1, 7 and 65,536 bytes', async () => {
    const { plain, result } = await read(name);
    const bytes = bytesOf(plain.text);
    for (const size of bytes.length < SMALL_BYTES ? [1, 7] : [7]) {
      expect(await analyze({ file: name, bytes: inChunks(bytes, size) })).toEqual(result);
    }
  }, 60_000);

  test('has the interactions and the INP that a plain reading finds', async () => {
    const { plain, result } = await read(name);
    const latencies = latenciesOf(plain);
    const durations = result.interactions.map(({ durationMs }) => durationMs).toSorted((a, b) => b - a);
    expect(durations).toEqual(latencies.map(ms));
    const inp = latencies[Math.min(9, Math.floor(latencies.length / 50))];
    expect(result.inp).toMatchObject({ durationMs: ms(inp ?? Number.NaN) });
    expect(sum(result.inpPerNavigation.map(({ interactionCount }) => interactionCount))).toBe(
      latencies.length,
    );
  });

  test('divides each interaction into parts that add up, none of them negative', async () => {
    const { result } = await read(name);
    for (const interaction of result.interactions) {
      expect(Math.min(...partsOf(interaction))).toBeGreaterThanOrEqual(0);
      expect(sum(partsOf(interaction))).toBeCloseTo(interaction.durationMs, 2);
    }
  });

  test("counts the page's long tasks and nobody else's", async () => {
    const { plain, result } = await read(name);
    const own = longTasksOf(plain).filter(({ pid, tid }) => pid === pageOf(plain).pid && tid === pid);
    expect(result.longTasks.tasks.map(({ durationMs }) => durationMs)).toEqual(
      own.map(({ dur = 0 }) => ms(dur)),
    );
  });

  test('says nothing of the machine that recorded it', () => {
    const { text } = readPlainly(name);
    const told = [
      'command_line',
      'file%3A',
      'file://',
      '/tmp/',
      join(import.meta.dirname, '..'),
      '/home/',
      homedir(),
      tmpdir(),
      hostname(),
    ];
    // A short name, such as that of a container, occurs in words.
    expect(told.filter((word) => word.length > 3 && text.includes(word))).toEqual([]);
  });
});

test('recorded ids of timed events are used again and again, which loses no interaction', () => {
  const begins = named(readPlainly('510-interactions'), 'EventTiming').filter(({ ph }) => ph === 'b');
  expect(begins).toHaveLength(3 * 510);
  expect(new Set(begins.map(asyncKey)).size).toBeLessThan(50);
});

describe('INP', () => {
  test('of 55 interactions is the second slowest', async () => {
    const { plain, result } = await read('55-interactions');
    expect(new Set(timingsOf(plain).map(({ interactionId }) => interactionId)).size).toBe(55);
    expect(result.inp).toMatchObject({ durationMs: ms(latenciesOf(plain)[1] ?? Number.NaN) });
    expect(result.inpPerNavigation).toMatchObject([{ interactionCount: 55, isInpSlowest: false }]);
  });

  test('of 510 interactions is the tenth slowest, not the eleventh', async () => {
    const { plain, result } = await read('510-interactions');
    expect(new Set(timingsOf(plain).map(({ interactionId }) => interactionId)).size).toBe(510);
    expect(result.inp).toMatchObject({ durationMs: ms(latenciesOf(plain)[9] ?? Number.NaN) });
    expect(latenciesOf(plain)[9]).not.toBe(latenciesOf(plain)[10]);
  });
});

describe('a click that asks the server', () => {
  // The server waited 150 ms before it answered.
  test('has a good INP, and an ICP that is the wait for the answer', async () => {
    const { plain, result } = await read('click-fetch');
    const [click] = result.interactions;
    const [painted] = candidatesOf(plain);
    expect(click?.durationMs).toBeLessThan(100);
    expect(click?.icpMs).toBeGreaterThan(150);
    // Chrome times it from the release of the button, which is when the click's context begins.
    const inputs = timingsOf(plain).map(({ start }) => ms((painted?.ts ?? 0) - start));
    expect(inputs).toContain(click?.icpMs);
  });

  test('with a synchronous request has a long task that waits: wall time far above processor time', async () => {
    const { plain, result } = await read('synchronous-xhr');
    const [task] = result.longTasks.tasks;
    const [raw] = longTasksOf(plain);
    expect(task).toMatchObject({ durationMs: ms(raw?.dur ?? 0), cpuMs: ms(raw?.tdur ?? 0) });
    expect(task?.durationMs).toBeGreaterThan(150);
    expect(task?.cpuMs).toBeLessThan(50);
    expect(result.inp).toMatchObject({ processingDurationMs: expect.closeTo(task?.durationMs ?? 0, -1.5) });
  });
});

describe('work off the page’s main thread', () => {
  test('is long in a worker, and no long task of the page', async () => {
    const { plain, result } = await read('worker-long-task');
    expect(longTasksOf(plain).map(({ thread }) => thread)).toEqual(['DedicatedWorker thread']);
    expect(longTasksOf(plain)[0]?.pid).toBe(pageOf(plain).pid);
    expect(result.longTasks.count).toBe(0);
  });

  test('is long in a frame of another process, which is no long task of the page but its interaction', async () => {
    const { plain, result } = await read('out-of-process-iframe');
    const [task] = longTasksOf(plain);
    expect(task).toMatchObject({ thread: 'CrRendererMain' });
    expect(task?.pid).not.toBe(pageOf(plain).pid);
    expect(result.longTasks.count).toBe(0);
    expect(timingsOf(plain)[0]?.pid).toBe(task?.pid);
    // Told with the thread that handled it, so that nobody looks for its work on the page's.
    expect(result.interactions).toMatchObject([
      { frame: 'out-of-process-iframe', pid: task?.pid, tid: task?.tid },
    ]);
    expect(result.inp).toMatchObject({ durationMs: expect.closeTo(ms(task?.dur ?? 0), -2) });
  });

  test('is the page’s if the frame shares its process, and so is its interaction', async () => {
    const { plain, result } = await read('iframe-long-task');
    expect(timingsOf(plain)[0]?.frame).not.toBe(pageOf(plain).frame);
    expect(result.longTasks.count).toBe(1);
    expect(result.interactions).toMatchObject([{ frame: 'iframe' }]);
  });
});

const visits = ({ inpPerNavigation }: TraceResult): unknown =>
  inpPerNavigation.map(({ kind, url, interactionCount }) => [kind, new URL(url).pathname, interactionCount]);

describe('each document that the page shows has an INP of its own', () => {
  test('also one that comes back out of the back/forward cache', async () => {
    const { plain, result } = await read('back-forward-cache');
    expect(named(plain, 'BackForwardCache::RestoreEntry')).toHaveLength(1);
    expect(visits(result)).toEqual([
      ['load', '/first.html', 2],
      ['load', '/second.html', 1],
      ['back-forward-cache', '/first.html', 1],
    ]);
  });

  test('also one that was prerendered, from when it is shown', async () => {
    const { plain, result } = await read('prerender');
    const activated = named(plain, 'Document::ActivateForPrerendering')[0];
    expect(visits(result)).toEqual([
      ['load', '/prerender.html', 1],
      ['prerender-activation', '/second.html', 1],
    ]);
    const shown = rawTime(result, result.inpPerNavigation[1]?.startMs ?? 0);
    // The browser commits, then tells the renderer: some milliseconds.
    expect(Math.abs(shown - (activated?.ts ?? 0))).toBeLessThan(50_000);
    expect(activated?.pid).not.toBe(pageOf(plain).pid);
    expect(result.mainThread).toMatchObject({ processes: [pageOf(plain).pid, activated?.pid] });
  });

  test('and a click that leaves a document belongs to that document, though the next had begun to load', async () => {
    const { plain, result } = await read('navigation-in-mid-interaction');
    expect(visits(result)).toEqual([
      ['load', '/navigation-in-mid-interaction.html', 1],
      ['load', '/second.html', 1],
    ]);
    const [, second] = result.inpPerNavigation;
    const leaving = timingsOf(plain).find(({ type }) => type === 'click');
    expect(rawTime(result, second?.startMs ?? 0)).toBeLessThan(leaving?.end ?? 0);
    expect(result.inpPerNavigation[0]?.inp).toMatchObject({ presentationDelayMs: 0 });
  });
});

test('a dialog ends the interaction before its handler: the parts stay within it', async () => {
  const { plain, result } = await read('dialog');
  const click = timingsOf(plain).find(({ type }) => type === 'click');
  expect((click?.processingEnd ?? 0) - (click?.end ?? 0)).toBeGreaterThan(100_000);
  const [interaction] = result.interactions;
  expect(interaction?.durationMs).toBeLessThan(100);
  expect(interaction?.presentationDelayMs).toBe(0);
  // The handler waited for a person: 150 ms of wall time, hardly any of the processor.
  const waited = result.longTasks.tasks.at(-1);
  expect(waited?.durationMs).toBeGreaterThan(150);
  expect(waited?.cpuMs).toBeLessThan(50);
});

describe('ICP', () => {
  const NO_CHANGE = { unavailable: 'no-contentful-change' };

  test('is unavailable where a click changed nothing that can be seen', async () => {
    const { plain, result } = await read('paints-nothing');
    expect(candidatesOf(plain)).toEqual([]);
    expect(result.interactions).toMatchObject([{ icpMs: NO_CHANGE, icpFirstMs: NO_CHANGE }]);
  });

  test('is unavailable of a toggled class, though Chrome gives it a paint that the next click caused', async () => {
    const { plain, result } = await read('class-toggle');
    const [toggled, pushed] = result.interactions;
    const [stray, own] = candidatesOf(plain);
    expect(stray?.ts).toBe(own?.ts);
    expect(toggled?.icpMs).toEqual(NO_CHANGE);
    const sincePushed = timingsOf(plain).map(({ start }) => ms((own?.ts ?? 0) - start));
    expect(sincePushed).toContain(pushed?.icpMs);
  });

  test('of an appended image is when the image was there, not when it was asked for', async () => {
    const { plain, result } = await read('image-appended');
    const [image] = candidatesOf(plain);
    expect(image?.args.data?.type).toBe('image');
    // The server waited 100 ms before it sent the image.
    expect(result.interactions[0]?.icpMs).toBeGreaterThan(100);
    expect(timingsOf(plain).map(({ start }) => ms((image?.ts ?? 0) - start))).toContain(
      result.interactions[0]?.icpMs,
    );
  });

  test('tells a letter that appears from the answer that follows', async () => {
    const { plain, result } = await read('search-box');
    expect(result.interactions).toHaveLength(3);
    expect(candidatesOf(plain)).toHaveLength(6);
    for (const { icpMs, icpFirstMs } of result.interactions) {
      expect(icpFirstMs).toBeLessThan(100);
      expect(icpMs).toBeGreaterThan(100);
    }
  });

  test('is not followed through a worker, where Chrome loses sight of the click', async () => {
    const { plain, result } = await read('worker-long-task');
    expect(candidatesOf(plain)).toEqual([]);
    expect(isUnavailable(result.interactions[0]?.icpMs)).toBe(true);
  });
});

test('layout that a handler forces is counted once for each row that it reads and writes', async () => {
  const { plain, result } = await read('forced-reflow');
  // Sixty rows: each reading but the first follows a writing, and forces style and layout. Puppeteer's looks for the
  // result, which force some too, have stacks as well.
  const forced = named(plain, 'Layout', 'UpdateLayoutTree').filter(
    ({ pid, args }) => pid === pageOf(plain).pid && (args.beginData?.stackTrace ?? []).length > 0,
  );
  expect(forced.length).toBeGreaterThanOrEqual(2 * 59);
  expect(result.forcedReflows.count).toBeGreaterThanOrEqual(2 * 59);
  expect(result.forcedReflows.worst[0]).toMatchObject({ functionName: 'widen' });
});

/** The places of the requests that a function of that name sent. */
const sentBy = (result: TraceResult, query: RegExp): readonly number[] =>
  result.requests.flatMap(({ initiator }, index) =>
    !isUnavailable(initiator) && query.test(initiator.functionName) ? [index] : [],
  );

describe('what caused a request', () => {
  test('is the click, through the answer to the request before, and never for a poll', async () => {
    const { plain, result } = await read('fetch-after-fetch');
    const [click] = result.interactions;
    const sent = named(plain, 'ResourceSendRequest').filter(({ args }) => /wait=/.test(args.data?.url ?? ''));
    const indices = sentBy(result, /onclick/);
    expect(indices).toHaveLength(2);
    expect(indices.map((index) => rawTime(result, result.requests[index]?.startMs ?? 0))).toEqual(
      sent.map(({ ts }) => ts),
    );
    // Chrome wrote the first within the click's dispatch, and attributes the code that sent the second to the click.
    expect(click?.causedRequests).toMatchObject([
      { request: indices[0], evidence: 'proven', through: [] },
      { request: indices[1], through: ['fetch-body'] },
    ]);
    expect(result.requests.length).toBeGreaterThan(2 + indices.length);
    // The result is the second's: the server waited 50 ms for the one and 60 ms for the other.
    expect(click?.icpMs).toBeGreaterThan(110);
    const waits = click?.chain.segments.filter(({ kind }) => kind === 'waiting') ?? [];
    expect(waits.map(({ request }) => request)).toEqual(indices);
    expect(sum(waits.map(({ durationMs }) => durationMs))).toBeGreaterThan(100);
  });

  test('is told of a page’s request that its service worker answers, and that is no cache', async () => {
    const { plain, result } = await read('service-worker');
    const answers = named(plain, 'ResourceReceiveResponse').filter(
      ({ args }) => args.data?.fromServiceWorker === true,
    );
    expect(answers).toHaveLength(1);
    const answered = result.requests.filter((request) => request.fromServiceWorker);
    expect(answered).toMatchObject([{ fromCache: false, status: 200 }]);
    // The worker asks the server itself, from a thread of its own: a second request to the same address.
    const [first] = answered;
    const own = result.requests.filter(({ url }) => url === first?.url);
    expect(own).toHaveLength(2);
    expect(result.interactions[0]?.causedRequests).toEqual([
      {
        request: result.requests.findIndex((request) => request.fromServiceWorker),
        evidence: 'proven',
        through: [],
      },
    ]);
  });
});
