import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Interaction } from '../../src/result/trace-result.ts';
import { describeTrace } from '../support/described.ts';
import { beginOf, endOf, interaction, type TimedEvent } from '../support/interactions.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { clock, instant, mainThread, PAGE, type TraceEvent } from '../support/trace-events.ts';

type Events = readonly (TraceEvent | readonly TraceEvent[])[];

const interactionsOf = async (...events: Events): Promise<readonly Interaction[]> =>
  describeTrace('trace.json', await factsOf(mainThread, ...events)).interactions;

/** Its id, type, and start, length and parts in ms. */
const brief = (found: readonly Interaction[]): readonly unknown[] =>
  found.map(({ interactionId, type, startMs, durationMs }) => [interactionId, type, startMs, durationMs]);

const parts = ({
  inputDelayMs,
  processingDurationMs,
  presentationDelayMs,
}: Interaction): readonly number[] => [inputDelayMs, processingDurationMs, presentationDelayMs];

const click: TimedEvent = { interactionId: 7, type: 'click', start: 10, processing: [15, 40], end: 64 };

test('an interaction waits, is handled, and is shown', async () => {
  const [found, ...others] = await interactionsOf(interaction(click));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ interactionId: 7, type: 'click', startMs: 10, durationMs: 54 });
  expect(found && parts(found)).toEqual([5, 25, 24]);
});

test("an interaction is as long as its slowest event, and has that event's type", async () => {
  const found = await interactionsOf(
    interaction({ ...click, type: 'pointerdown', start: 0, end: 30 }),
    interaction({ ...click, type: 'pointerup', start: 50, processing: [51, 52], end: 130 }),
    interaction({ ...click, type: 'click', start: 50, processing: [52, 60], end: 130 }),
  );
  // The two ended together: the click's handlers ran longer.
  expect(brief(found)).toEqual([[7, 'click', 50, 80]]);
});

test.each([
  ['with id 0', { interactionId: 0 }],
  ['of which the end came before the begin', { end: 9 }],
])('an event %s is no interaction', async (_, change) => {
  expect(await interactionsOf(interaction({ ...click, ...change }))).toEqual([]);
});

test('an event without an id is no interaction', async () => {
  const { args: _, ...begin } = beginOf(click);
  const data = { type: 'click', timeStamp: 10, processingStart: 15, processingEnd: 40 };
  expect(await interactionsOf({ ...begin, args: { data } }, endOf(click))).toEqual([]);
});

test('a begin that was never ended is no interaction, but known as one without an end', async () => {
  const hover = { ...click, interactionId: 0, type: 'mousemove' };
  const facts = await factsOf(mainThread, beginOf(click), beginOf(hover), instant('Later', 500));
  expect(facts.interactions).toEqual([]);
  expect(facts.unfinishedEvents).toEqual([{ pid: PAGE.pid, frame: PAGE.frame, interactionId: 7 }]);
});

test.each(['type', 'timeStamp', 'processingStart', 'processingEnd'])(
  'an event that does not say its %s is no interaction',
  async (key) => {
    const { args: _, ...begin } = beginOf(click);
    const all = { type: 'click', interactionId: 7, timeStamp: 10, processingStart: 15, processingEnd: 40 };
    const data = Object.fromEntries(Object.entries(all).filter(([name]) => name !== key));
    expect(await interactionsOf({ ...begin, args: { data } }, endOf(click))).toEqual([]);
  },
);

test('interactions are in the order in which their slowest events began', async () => {
  const found = await interactionsOf(
    interaction({ ...click, interactionId: 1, type: 'pointerdown', start: 5, processing: [6, 7], end: 12 }),
    interaction({ ...click, interactionId: 1, start: 60, processing: [61, 62], end: 130 }),
    interaction({ ...click, interactionId: 2, start: 30, processing: [31, 32], end: 40 }),
  );
  expect(brief(found)).toEqual([
    [2, 'click', 30, 10],
    [1, 'click', 60, 70],
  ]);
});

describe('begins and ends with the same id', () => {
  test('pair like brackets', async () => {
    const outer = { ...click, interactionId: 1, asyncId: '0x1', start: 10, end: 100 };
    const inner = { ...click, interactionId: 2, asyncId: '0x1', start: 20, end: 60 };
    const found = await interactionsOf(beginOf(outer), beginOf(inner), endOf(inner), endOf(outer));
    expect(brief(found)).toEqual([
      [1, 'click', 10, 90],
      [2, 'click', 20, 40],
    ]);
  });

  test('pair in order of time, wherever they stand in the trace', async () => {
    const first = { ...click, interactionId: 1, asyncId: '0x1', start: 10, end: 50 };
    const second = {
      ...click,
      interactionId: 2,
      asyncId: '0x1',
      start: 60,
      processing: [61, 62],
      end: 90,
    } as const;
    const found = await interactionsOf(endOf(second), beginOf(second), endOf(first), beginOf(first));
    expect(brief(found)).toEqual([
      [1, 'click', 10, 40],
      [2, 'click', 60, 30],
    ]);
  });

  test('pair with begins that carry no data too', async () => {
    const { args: _, ...bare } = beginOf({ ...click, asyncId: '0x1', start: 30 });
    const own = { ...click, asyncId: '0x1', end: 80 };
    const found = await interactionsOf(
      beginOf(own),
      { ...bare, args: {} },
      endOf({ ...own, end: 50 }),
      endOf(own),
    );
    expect(brief(found)).toEqual([[7, 'click', 10, 70]]);
  });

  test('pair within a process only', async () => {
    const other = { ...click, pid: 20, asyncId: '0x1', interactionId: 8, start: 20, end: 30 };
    const own = { ...click, asyncId: '0x1' };
    const found = await interactionsOf(beginOf(own), beginOf(other), endOf(own), endOf(other));
    expect(brief(found)).toEqual([
      [7, 'click', 10, 54],
      [8, 'click', 20, 10],
    ]);
  });

  test('left open in thousands change nothing', async () => {
    const { args: _, ...bare } = beginOf({ ...click, asyncId: '0x1', start: 0 });
    const open = Array.from({ length: 2_000 }, () => bare);
    expect(brief(await interactionsOf(open, interaction({ ...click, asyncId: '0x1' })))).toEqual([
      [7, 'click', 10, 54],
    ]);
  });
});

describe('older forms of Chrome', () => {
  test('a complete event is begin and end in one', async () => {
    const event = { ...beginOf(click), ph: 'X', dur: 54_000 };
    expect(brief(await interactionsOf(event))).toEqual([[7, 'click', 10, 54]]);
    expect(await interactionsOf({ ...event, dur: -1 })).toEqual([]);
  });

  test('the frame may stand beside the data', async () => {
    const { args: _, ...begin } = beginOf(click);
    const data = { type: 'click', interactionId: 7, timeStamp: 10, processingStart: 15, processingEnd: 40 };
    const facts = await factsOf({ ...begin, args: { frame: 'F', data } }, endOf(click));
    expect(facts.interactions).toMatchObject([{ frame: 'F', interactionId: 7 }]);
  });

  test('the timestamp may count from another origin than the trace', async () => {
    const { args: _, ...begin } = beginOf(click);
    const data = {
      type: 'click',
      interactionId: 7,
      timeStamp: 5010,
      processingStart: 5015,
      processingEnd: 5040,
    };
    const [found] = await interactionsOf({ ...begin, args: { data } }, endOf(click));
    expect(found && parts(found)).toEqual([5, 25, 24]);
  });
});

describe('interactions that are shown in the same frame', () => {
  const down: TimedEvent = {
    interactionId: 1,
    type: 'pointerdown',
    start: 10,
    processing: [12, 20],
    end: 100,
  };
  const up: TimedEvent = { interactionId: 2, type: 'pointerup', start: 30, processing: [35, 80], end: 100 };

  test('keep their ids apart, and share the time of all their handlers, as in DevTools', async () => {
    const [first, second] = await interactionsOf(interaction(down), interaction(up));
    expect(first && [first.interactionId, ...parts(first)]).toEqual([1, 2, 68, 20]);
    // The handlers that ran before the second began are none of its time.
    expect(second && [second.interactionId, ...parts(second)]).toEqual([2, 0, 50, 20]);
  });

  test.each([
    ['of the keyboard and the pointer', { type: 'keydown' }],
    ['of two frames', { frame: 'INNER' }],
    ['of two processes', { pid: 20 }],
    ['that end a microsecond apart', { end: 100.001 }],
  ])('do not share it if they are %s', async (_, change) => {
    const [first] = await interactionsOf(interaction(down), interaction({ ...up, ...change }));
    expect(first && parts(first)).toEqual([2, 8, 80]);
  });

  test('are one where the id is the same', async () => {
    expect(await interactionsOf(interaction(down), interaction({ ...up, interactionId: 1 }))).toHaveLength(1);
  });
});

test('the same id in two frames or processes is two interactions', async () => {
  const found = await interactionsOf(
    interaction(click),
    interaction({ ...click, frame: 'INNER', asyncId: '0x2' }),
    interaction({ ...click, pid: 20 }),
  );
  expect(found).toHaveLength(3);
});

test('a handler that outlasts the paint leaves no negative part', async () => {
  const [found] = await interactionsOf(interaction({ ...click, processing: [15, 900] }));
  expect(found && parts(found)).toEqual([5, 49, 0]);
});

test('the parts are never negative and always add up to the whole', async () => {
  const ms = fc.integer({ min: 0, max: 500_000 }).map((us) => us / 1000);
  const event = fc
    .record({
      interactionId: fc.integer({ min: 1, max: 4 }),
      type: fc.constantFrom('click', 'pointerdown', 'keydown', 'keyup'),
      start: ms,
      processing: fc.tuple(ms, ms),
      end: fc.constantFrom(100, 200, 300, 400, 500),
      frame: fc.constantFrom(PAGE.frame, 'INNER'),
    })
    .chain((made) => fc.uuid().map((asyncId) => ({ ...made, asyncId })));
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
      for (const found of await interactionsOf(...events.map(interaction))) {
        expect(Math.min(...parts(found))).toBeGreaterThanOrEqual(0);
        expect(parts(found).reduce((sum, part) => sum + part, 0)).toBeCloseTo(found.durationMs, 9);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('an interaction knows when each of its events was created', async () => {
  const facts = await factsOf(
    interaction({ ...click, type: 'pointerdown', start: 1, end: 64 }),
    interaction({ ...click, type: 'pointerup', start: 10, end: 40 }),
    interaction({ ...click, end: 50 }),
  );
  expect(facts.interactions.map(({ eventStarts }) => eventStarts)).toEqual([[clock(1), clock(10)]]);
});
