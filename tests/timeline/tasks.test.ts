import { describe, expect, test } from 'vitest';
import { describeTrace } from '../support/described.ts';
import { factsOf, mainTasks } from '../support/trace-bytes.ts';
import { clock, mainThread, PAGE, task, threadName, type TraceEvent } from '../support/trace-events.ts';
import type { LongTasks } from '../../src/result/trace-result.ts';
import { fromMs, traceTime } from '../../src/base/units.ts';
import type { Tasks } from '../../src/timeline/threads/tasks.ts';

/** Start and length in ms of the main thread's tasks. */
async function tasksOf(...events: readonly TraceEvent[]): Promise<readonly (readonly [number, number])[]> {
  const tasks = mainTasks(await factsOf(mainThread, events));
  return tasks.map(({ start, duration }) => [(start - clock(0)) / 1000, duration / 1000]);
}

const longTasksOf = async (...events: readonly TraceEvent[]): Promise<LongTasks> =>
  describeTrace('trace.json', await factsOf(mainThread, events)).longTasks;

test('all outermost tasks of the main thread are counted, long or not', async () => {
  const events = [task(0, 50), task(10, 20), task(60, 0), task(70, 1), task(80, 5, { pid: 20 })];
  expect(describeTrace('trace.json', await factsOf(mainThread, events)).mainThread).toMatchObject({
    taskCount: 2,
  });
});

describe('a long task', () => {
  test('takes more than 50 ms: one of exactly 50 ms is not long', async () => {
    expect(await longTasksOf(task(0, 50))).toEqual({
      count: 0,
      totalBlockingTimeMs: 0,
      longestMs: 50,
      tasks: [],
    });
  });

  test('of 50.001 ms blocks for one microsecond', async () => {
    expect(await longTasksOf(task(10, 50.001))).toMatchObject({
      count: 1,
      totalBlockingTimeMs: 0.001,
      longestMs: 50.001,
      tasks: [{ startMs: 10, durationMs: 50.001, blockingMs: 0.001 }],
    });
  });

  test('adds what it has over 50 ms to the total blocking time', async () => {
    const { count, totalBlockingTimeMs } = await longTasksOf(task(0, 70), task(100, 30), task(200, 150));
    expect([count, totalBlockingTimeMs]).toEqual([2, 120]);
  });

  test('that waited shows it: its time on the processor is far below its length', async () => {
    const { tasks } = await longTasksOf(task(0, 172, { tdur: 18_000 }), task(200, 60));
    expect(tasks.map(({ durationMs, cpuMs }) => [durationMs, cpuMs])).toEqual([
      [172, 18],
      [60, { unavailable: 'not-recorded' }],
    ]);
  });

  test('that used no processor time at all says 0, not that none was recorded', async () => {
    const { tasks } = await longTasksOf(task(0, 60, { tdur: 0 }));
    expect(tasks[0]?.cpuMs).toBe(0);
  });

  test('is not known where no task was recorded, which is not the same as none', async () => {
    const none = { unavailable: 'no-tasks' };
    expect(await longTasksOf()).toEqual({
      count: none,
      totalBlockingTimeMs: none,
      longestMs: none,
      tasks: [],
    });
    expect(await longTasksOf(task(0, 5))).toMatchObject({ count: 0, totalBlockingTimeMs: 0, longestMs: 5 });
  });
});

describe('a task is counted once', () => {
  test.each([
    ['inside another', [task(0, 100), task(10, 80)], [[0, 100]]],
    ['that starts with another', [task(0, 80), task(0, 100)], [[0, 100]]],
    ['that ends with another', [task(0, 100), task(20, 80)], [[0, 100]]],
    ['recorded twice', [task(0, 100), task(0, 100)], [[0, 100]]],
    [
      'recorded under two names',
      [task(0, 100), task(0.002, 99.99, { name: 'ThreadControllerImpl::RunTask' })],
      [[0, 100]],
    ],
    ['two deep inside another', [task(0, 100), task(5, 90), task(10, 80)], [[0, 100]]],
    ['written before the one around it', [task(10, 80), task(0, 100)], [[0, 100]]],
  ])('%s', async (_, events, expected) => {
    expect(await tasksOf(...events)).toEqual(expected);
  });

  test('that ends with another at the same nanosecond of a clock with fractions', async () => {
    // The sums differ by the rounding of a number of this size.
    const ts = 167_477_229_386.123;
    const events = [
      task(0, 0, { ts, dur: 100_000.4 }),
      task(0, 0, { ts: ts + 0.1, dur: 100_000.3 + 0.0001 }),
    ];
    expect(await tasksOf(...events)).toHaveLength(1);
  });
});

test('tasks one after the other are tasks of their own, in order of time', async () => {
  expect(await tasksOf(task(100, 60), task(0, 40), task(40, 60))).toEqual([
    [0, 40],
    [40, 60],
    [100, 60],
  ]);
});

test('tasks that overlap without one being inside the other both count', async () => {
  expect(await tasksOf(task(0, 60), task(50, 60))).toEqual([
    [0, 60],
    [50, 60],
  ]);
});

test.each([
  'RunTask',
  'ThreadControllerImpl::RunTask',
  'ThreadControllerImpl::DoWork',
  'TaskQueueManager::ProcessTaskFromWorkQueue',
])('%s is a task', async (name) => {
  expect(await tasksOf(task(0, 60, { name }))).toEqual([[0, 60]]);
});

test.each([
  ['a begin that was never ended', { ph: 'B', dur: undefined }],
  ['a task of no length', { ph: 'I', dur: undefined }],
  ['a complete event without a length', { dur: undefined }],
  ['a length of 0', { dur: 0 }],
  ['a negative length', { dur: -60_000 }],
  ['an endless length', { dur: '1e999' }],
])('%s is never stretched', async (_, change) => {
  expect(await tasksOf(task(0, 60, change), task(5_000, 10))).toEqual([[5_000, 10]]);
});

test("tasks of other threads and processes are not the page's", async () => {
  const elsewhere = [
    threadName(20, PAGE.tid, 'CrRendererMain'),
    threadName(PAGE.pid, 2, 'Compositor'),
    task(0, 500, { pid: 20 }),
    task(0, 500, { tid: 2 }),
  ];
  expect(await tasksOf(...elsewhere, task(10, 60))).toEqual([[10, 60]]);
});

const drawn = async (): Promise<Tasks> =>
  (await factsOf(mainThread, task(10, 20), task(12, 5), task(30, 10), task(60, 10))).tasks;

const msOf = (ts: number): number => (ts - clock(0)) / 1000;

describe('of tasks from 10 to 30, 30 to 40 and 60 to 70', () => {
  test.each([
    [9.999, undefined],
    [10, 10],
    [15, 10],
    [29.999, 10],
    // Of two that touch, the later.
    [30, 30],
    [40, 30],
    [40.001, undefined],
    [70, 60],
    [71, undefined],
  ])('at %f lies that from %s', async (at, start) => {
    const found = (await drawn()).outermostAt(PAGE, traceTime(clock(at)));
    expect(found && msOf(found.start)).toBe(start);
  });

  test.each([
    [[0, 10], []],
    [[0, 10.001], [10]],
    [[29.999, 30], [10]],
    [[30, 30.001], [30]],
    [
      [20, 60],
      [10, 30],
    ],
    [
      [20, 60.001],
      [10, 30, 60],
    ],
    [[40, 60], []],
    [[70, 90], []],
  ] as const)('those that overlap the time of %j are %j', async ([start, end], expected) => {
    const found: number[] = [];
    (await drawn()).visitWithin(PAGE, traceTime(clock(start)), traceTime(clock(end)), (from) => {
      found.push(msOf(from));
    });
    expect(found).toEqual(expected);
  });

  test('none lies in another thread', async () => {
    const other = { pid: PAGE.pid, tid: 99 };
    expect((await drawn()).outermostAt(other, traceTime(clock(15)))).toBeUndefined();
    expect((await drawn()).outermostCount(other)).toBe(0);
  });

  test('those longer than 10 ms are one', async () => {
    const found = [...(await drawn()).outermostOf(PAGE, fromMs(10))];
    expect(found.map(({ start }) => msOf(start))).toEqual([10]);
  });
});

test('more tasks than a column holds at first are all kept', async () => {
  const many = Array.from({ length: 3_000 }, (_, count) => task(count * 2, 1));
  expect(await tasksOf(...many)).toHaveLength(3_000);
});
