import { describe, expect, test } from 'vitest';
import { isUnavailable } from '../../src/base/measure.ts';
import { interactionToNextPaint } from '../../src/result/describe/describe-trace.ts';
import type { Interaction, TraceResult } from '../../src/result/trace-result.ts';
import { gatherFacts } from '../../src/timeline/facts.ts';
import { commit, navigationStart } from '../support/causes.ts';
import { FETCH, RESULT } from '../support/chains.ts';
import { describeTrace } from '../support/described.ts';
import { exchange } from '../support/exchange.ts';
import { interaction } from '../support/interactions.ts';
import {
  animationFrame,
  call,
  layout,
  META_NODES,
  profile,
  profileChunk,
  spanning,
  stackOf,
} from '../support/rendering.ts';
import { finishEvent, request, responseEvent } from '../support/requests.ts';
import { factsOf, objectTrace } from '../support/trace-bytes.ts';
import {
  clock,
  instant,
  mainThread,
  ORIGIN_US,
  PAGE,
  task,
  threadName,
  type TraceEvent,
} from '../support/trace-events.ts';

const resultOf = async (...events: readonly (TraceEvent | readonly TraceEvent[])[]): Promise<TraceResult> =>
  describeTrace('trace.json', await factsOf(...events));

/** As many interactions, the slowest last: of 10 ms, 11 ms, … */
const interactions = async (count: number): Promise<readonly Interaction[]> => {
  const all = Array.from({ length: count }, (_, index) => {
    const start = index * 1_000;
    return interaction({
      interactionId: index + 1,
      type: 'click',
      start,
      processing: [start + 1, start + 2],
      end: start + 10 + index,
    });
  });
  return (await resultOf(all.flat())).interactions;
};

describe('the INP', () => {
  test.each([
    [1, 10],
    [49, 58],
    [50, 58],
    [99, 107],
    [100, 107],
    [500, 500],
  ])('of %i interactions is %i ms', async (count, durationMs) => {
    expect(interactionToNextPaint(await interactions(count))).toMatchObject({ durationMs });
  });

  test('of none is unavailable', async () => {
    expect((await resultOf(mainThread)).inp).toEqual({ unavailable: 'no-interactions' });
  });
});

describe('times', () => {
  test('count from the first event, in milliseconds with microseconds as decimals', async () => {
    const result = await resultOf(mainThread, task(100.123, 60.456), instant('Last', 2_000));
    expect(result).toMatchObject({
      firstEventUs: ORIGIN_US,
      spanMs: 2_000,
      longTasks: { tasks: [{ startMs: 100.123, durationMs: 60.456, blockingMs: 10.456 }] },
    });
  });

  test('keep their microseconds on a clock that began long ago', async () => {
    const ts = 2 ** 52;
    const events = [instant('First', 0, { ts }), task(0, 60.001, { ts: ts + 1 })];
    const result = describeTrace('trace.json', await factsOf(mainThread.slice(1), events));
    expect(result.longTasks.tasks).toMatchObject([{ startMs: 0.001, durationMs: 60.001 }]);
  });

  test('are all 0 in a trace without events', async () => {
    expect(await resultOf()).toMatchObject({
      firstEventUs: 0,
      spanMs: 0,
      partial: false,
      interactions: [],
      requests: [],
      events: { read: 0 },
      mainThread: { unavailable: 'no-renderer-main-thread' },
    });
  });
});

test('the clock is the one that the trace names', async () => {
  const metadata = { 'clock-domain': 'LINUX_CLOCK_MONOTONIC' };
  const named = await gatherFacts([objectTrace([], { after: { metadata } })]);
  expect(describeTrace('trace.json', named).clock).toBe('LINUX_CLOCK_MONOTONIC');
  expect((await resultOf()).clock).toBeNull();
});

test('a trace cut short says where', async () => {
  const bytes = objectTrace([task(0, 60)]);
  const facts = await gatherFacts([bytes.subarray(0, -1)]);
  expect(describeTrace('trace.json', facts)).toMatchObject({
    partial: { reason: 'cut-short', atByte: bytes.length - 1 },
    events: { read: 1 },
  });
});

test('without a main thread long tasks are unknown, which is not none', async () => {
  const none = { unavailable: 'no-renderer-main-thread' };
  expect((await resultOf(instant('Begin', 0))).longTasks).toMatchObject({
    count: none,
    totalBlockingTimeMs: none,
    longestMs: { unavailable: 'no-tasks' },
  });
});

test.each([
  ['long', [60, 90, 70], 90],
  ['short', [6, 9, 7], 9],
])('the longest task is told of several that are %s', async (_, durations, longestMs) => {
  const tasks = durations.map((ms, index) => task(index * 100, ms));
  expect((await resultOf(mainThread, tasks)).longTasks.longestMs).toBe(longestMs);
});

test('events that were left out are counted by reason', async () => {
  expect((await resultOf(mainThread, {}, { ph: 'X' })).events).toEqual({
    read: 2,
    dropped: { 'no-phase': 1, 'no-timestamp': 1, malformed: 0, 'not-an-object': 0, oversized: 0 },
  });
});

test('addresses of requests are redacted', async () => {
  const sent = request({ requestId: '1', url: 'https://me:secret@api.test/?token=secret', sent: 5 });
  const result = await resultOf(sent);
  expect(result.requests.map(({ url }) => url)).toEqual(['https://api.test/?token=[6 characters]']);
  expect(JSON.stringify(result)).not.toContain('secret');
});

test('no address in a result holds what its query says, whatever it is the address of', async () => {
  const url = 'https://page.test/app.js?key=secret';
  const stack = stackOf(url, 'save', 42);
  const place = { functionName: 'save', url, line: 9 };
  const result = await resultOf(
    mainThread,
    task(0, 200),
    interaction({ interactionId: 7, type: 'click', start: 5, processing: [10, 190], end: 210 }),
    call(10, 180, 'save', 10, url),
    layout(20, 60, stack),
    profile(0),
    profileChunk(
      195,
      [...META_NODES, { id: 5, parent: 1, ...place }],
      [
        [5, 20],
        [5, 160],
      ],
    ),
    instant('ResourceSendRequest', 30, {
      args: { data: { requestId: '1', url, requestMethod: 'GET', initiator: { type: 'script' }, ...stack } },
    }),
    responseEvent('1', { headers: 80, seen: 100 }),
    finishEvent('1', { lastByte: 90, seen: 101 }),
    animationFrame(5, 205),
    spanning('AnimationFrame::Script::Execute', 10, 190, {
      animation_frame_script_timing_info: {
        invoker_type: 'EVENT_HANDLER',
        class_like_name: url,
        property_like_name: url,
        source_location_url: url,
      },
    }),
  );
  const told = JSON.stringify(result);
  expect(told).not.toContain('secret');
  // It is said where each of them stands, and when.
  expect(result.findings.find(({ id }) => id === 'handler-too-long')).toMatchObject({
    interactionStartMs: 5,
    startMs: 10,
    endMs: 190,
  });
  expect(result.findings.flatMap(({ where }) => where.code).length).toBeGreaterThan(1);
  expect(result.forcedReflows.worst[0]?.url).toMatch(/app\.js/);
  expect(result.animationFrames.longest[0]?.scripts[0]?.invokerClass).toMatch(/app\.js/);
  expect(isUnavailable(result.cpuProfile) ? [] : result.cpuProfile.functions.map((own) => own.url)).toContain(
    'https://page.test/app.js?key=[6 characters]',
  );
});

test('the request of a finding has the address that it has in the list', async () => {
  const sent = exchange('a', { ...FETCH, url: 'https://page.test/api?key=secret' });
  const { findings, requests } = await resultOf(mainThread, ...RESULT, sent);
  expect(requests[0]?.url).toBe('https://page.test/api?key=[6 characters]');
  expect(findings.flatMap(({ where }) => where.requests)).toEqual([
    { request: 0, method: 'GET', url: requests[0]?.url },
  ]);
});

const paint = (name: string, ms: number, frame: string = PAGE.frame): TraceEvent =>
  instant(name, ms, { args: { frame } });

const named = (ms: number, navigationId: string): TraceEvent =>
  instant('firstContentfulPaint', ms, { args: { frame: PAGE.frame, data: { navigationId } } });

describe('loading paints', () => {
  test('are those of the main frame: the first contentful, and the last of the largest', async () => {
    const { paints } = await resultOf(
      mainThread,
      paint('largestContentfulPaint::Candidate', 90),
      paint('largestContentfulPaint::Candidate', 45),
      paint('firstContentfulPaint', 40),
      paint('firstContentfulPaint', 5, 'AD'),
      paint('largestContentfulPaint::Candidate', 500, 'AD'),
    );
    expect(paints).toMatchObject({ firstContentfulPaintMs: 40, largestContentfulPaintMs: 90 });
  });

  test('are those of the last document, and what blocked before them does not count', async () => {
    const { paints } = await resultOf(
      mainThread,
      paint('firstContentfulPaint', 40),
      paint('firstContentfulPaint', 1_000),
      paint('largestContentfulPaint::Candidate', 60),
      task(100, 200),
      // 120 ms of it after the paint, of which 50 are free.
      task(900, 220),
      task(1_500, 60),
    );
    expect(paints).toEqual({
      firstContentfulPaintMs: 1_000,
      largestContentfulPaintMs: { unavailable: 'not-recorded' },
      totalBlockingTimeAfterFcpMs: 80,
    });
  });

  describe('are none of a document before the last', () => {
    const page = { frame: PAGE.frame, pid: PAGE.pid, url: 'https://page.test/' };
    const before = [
      mainThread,
      paint('firstContentfulPaint', 40),
      paint('largestContentfulPaint::Candidate', 60),
    ];
    const fcpOf = async (...events: readonly (TraceEvent | readonly TraceEvent[])[]): Promise<unknown> =>
      (await resultOf(...before, ...events)).paints.firstContentfulPaintMs;

    test('which painted nothing', async () => {
      const { paints } = await resultOf(...before, commit(500, page));
      const none = { unavailable: 'not-recorded' };
      expect(paints).toMatchObject({ firstContentfulPaintMs: none, largestContentfulPaintMs: none });
    });

    test('which painted before the browser wrote of its commit: the document’s name tells', async () => {
      const loaded = [navigationStart(400, { id: 'last', url: page.url }), commit(500, page)];
      expect(await fcpOf(loaded, named(490, 'last'))).toBe(490);
      expect(await fcpOf(loaded, named(510, 'before'))).toEqual({ unavailable: 'not-recorded' });
    });

    test('which was prerendered, in a frame of its own', async () => {
      const next = { frame: 'NEXT', pid: 20, url: 'https://page.test/next' };
      const events = [
        threadName(20, PAGE.tid, 'CrRendererMain'),
        navigationStart(100, { id: 'next', url: next.url, frame: 'NEXT', pid: 20 }),
        commit(110, { ...next, isPrerendered: true }),
        { ...paint('firstContentfulPaint', 320, 'NEXT'), pid: 20 },
      ];
      expect(await fcpOf(events)).toBe(40);
      expect(await fcpOf(events, commit(300, next))).toBe(320);
    });
  });

  test('are unavailable where none was recorded, or no main frame is known', async () => {
    const none = { unavailable: 'not-recorded' };
    const expected = {
      firstContentfulPaintMs: none,
      largestContentfulPaintMs: none,
      totalBlockingTimeAfterFcpMs: none,
    };
    expect((await resultOf(mainThread)).paints).toEqual(expected);
    expect((await resultOf(mainThread, paint('firstContentfulPaint', 40))).paints).toMatchObject({
      totalBlockingTimeAfterFcpMs: { unavailable: 'no-tasks' },
    });
    const guessed = await resultOf(mainThread.slice(1), paint('firstContentfulPaint', 40));
    expect(guessed).toMatchObject({ mainThread: { how: 'busiest-renderer-main-thread' }, paints: expected });
  });
});

test('the result names its file', async () => {
  expect((await resultOf(instant('Any', 0, { ts: clock(0) }))).file).toBe('trace.json');
});
