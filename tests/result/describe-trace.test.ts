import { describe, expect, test } from 'vitest';
import { interactionToNextPaint } from '../../src/result/describe/describe-trace.ts';
import type { Interaction, TraceResult } from '../../src/result/trace-result.ts';
import { gatherFacts } from '../../src/timeline/facts.ts';
import { describeTrace } from '../support/described.ts';
import { interaction } from '../support/interactions.ts';
import { request } from '../support/requests.ts';
import { factsOf, objectTrace } from '../support/trace-bytes.ts';
import {
  clock,
  instant,
  mainThread,
  ORIGIN_US,
  PAGE,
  task,
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

const paint = (name: string, ms: number, frame: string = PAGE.frame): TraceEvent =>
  instant(name, ms, { args: { frame } });

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
    );
    expect(paints).toEqual({
      firstContentfulPaintMs: 1_000,
      largestContentfulPaintMs: { unavailable: 'not-recorded' },
      totalBlockingTimeAfterFcpMs: 70,
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
    const guessed = await resultOf(mainThread.slice(1), paint('firstContentfulPaint', 40));
    expect(guessed).toMatchObject({ mainThread: { how: 'busiest-renderer-main-thread' }, paints: expected });
  });
});

test('the result names its file', async () => {
  expect((await resultOf(instant('Any', 0, { ts: clock(0) }))).file).toBe('trace.json');
});
