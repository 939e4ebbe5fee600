import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnavailable } from '../../src/base/measure.ts';
import { cpuTime } from '../../src/insights/cpu-time.ts';
import type { CpuProfile, Times } from '../../src/result/cpu-result.ts';
import { describeTrace } from '../support/described.ts';
import { interaction } from '../support/interactions.ts';
import { call, layout, META_NODES, profile, profileChunk, script, work } from '../support/rendering.ts';
import { factsOf, mainTasks } from '../support/trace-bytes.ts';
import { mainThread, task, type TraceEvent } from '../support/trace-events.ts';

type Events = readonly (TraceEvent | readonly TraceEvent[])[];

const cpuOf = async (...events: Events): Promise<CpuProfile> => {
  const { cpuProfile } = describeTrace('trace.json', await factsOf(mainThread, ...events));
  if (isUnavailable(cpuProfile)) throw new Error(cpuProfile.unavailable);
  return cpuProfile;
};

/** Self and total time in ms by name. */
const times = (
  rows: readonly (Times & { readonly name?: string; readonly functionName?: string })[],
): unknown =>
  Object.fromEntries(rows.map((row) => [row.functionName ?? row.name, [row.selfMs, row.totalMs]]));

// `outer` calls `inner`. Lines count from 0 here, and from 1 in events and results.
const OUTER = 5;
const INNER = 6;
const nodes = [...META_NODES, script(OUTER, 1, 'outer', 9), script(INNER, OUTER, 'inner', 19)];
const PROGRAM = 2;
const COLLECTOR = 4;

/** A task of 100 ms that calls `outer` from 10 to 90 ms. */
const busy = [task(0, 100), call(10, 80, 'outer', 10)];

/** A profile that names its source, and in which a function of that name runs. */
const named = (id: string, source: string | undefined, name: string, begunMs = 0): readonly TraceEvent[] => [
  profile(begunMs, { id, args: { data: { source } } }),
  profileChunk(
    95,
    [...META_NODES, script(5, 1, name, 9)],
    [
      [5, 10],
      [5, 75],
    ],
    { id },
  ),
];

const nodeAt = (index: number): number => (index < 30 ? OUTER : INNER);

const ms = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: max * 10 }).map((x) => x / 10);

describe('a CPU profile', () => {
  test('splits a call by what its samples saw', async () => {
    const samples = [OUTER, INNER, INNER, OUTER].map((node) => [node, 20] as const);
    const { functions, activities, totalMs } = await cpuOf(
      busy,
      profile(0),
      profileChunk(95, nodes, samples),
    );
    // Samples at 20, 40, 60 and 80 ms: `inner` runs from 40 to 80.
    expect(times(functions)).toEqual({ outer: [40, 80], inner: [40, 40] });
    expect(times(activities)).toEqual({ RunTask: [20, 100] });
    expect(totalMs).toBe(100);
  });

  test('names where functions begin, counted from 1, as events do', async () => {
    const samples = [INNER, INNER].map((node) => [node, 30] as const);
    const { functions } = await cpuOf(busy, profile(0), profileChunk(95, nodes, samples));
    expect(functions.map(({ functionName, line, column }) => [functionName, line, column])).toEqual([
      ['inner', 20, 1],
      ['outer', 10, 1],
    ]);
  });

  test('sums up by the script’s address, which is redacted', async () => {
    const url = 'https://page.test/app.js?key=secret';
    const other = [...META_NODES, { id: 5, parent: 1, functionName: 'f', url, line: 0 }];
    const { urls } = await cpuOf(
      [task(0, 100), work('FunctionCall', 10, 40)],
      [profile(0), profileChunk(95, other, [[5, 10]]), profileChunk(96, [], [[5, 35]])],
    );
    expect(urls).toEqual([{ url: 'https://page.test/app.js?key=[6 characters]', selfMs: 40, totalMs: 40 }]);
  });

  test('gives the time of style and layout within a function to neither of its callees', async () => {
    const { functions, activities } = await cpuOf(
      [...busy, layout(30, 20)],
      [profile(0), profileChunk(95, nodes, [[INNER, 20]]), profileChunk(96, [], [[INNER, 60]])],
    );
    expect(times(functions)).toEqual({ outer: [10, 80], inner: [50, 70] });
    expect(times(activities)).toMatchObject({ Layout: [20, 20] });
  });

  test('knows of no function that style or layout within a function calls', async () => {
    const samples = [
      [INNER, 40],
      [INNER, 15],
    ] as const;
    const { functions, activities } = await cpuOf(
      [...busy, layout(30, 30)],
      [profile(0), profileChunk(95, nodes, samples)],
    );
    expect(times(functions)).toMatchObject({ outer: [50, 80] });
    expect(times(activities)).toMatchObject({ Layout: [30, 30] });
  });

  test('puts functions on an event of the browser’s in which they are seen, outside all JavaScript', async () => {
    const { functions, activities, functionCount } = await cpuOf(
      [task(0, 100), work('ParseHTML', 10, 80)],
      [profile(0), profileChunk(95, nodes, [[INNER, 40]]), profileChunk(96, [], [[PROGRAM, 30]])],
    );
    expect(times(functions)).toEqual({ inner: [30, 30] });
    // `outer` only called it.
    expect(functionCount).toBe(1);
    expect(times(activities)).toMatchObject({ ParseHTML: [50, 80] });
  });

  test('puts none on an event within those functions', async () => {
    const three = [...nodes, script(7, INNER, 'deeper', 29)];
    const samples = [
      [INNER, 20],
      [7, 30],
      [PROGRAM, 20],
    ] as const;
    const { functions, activities } = await cpuOf(
      [task(0, 100), work('ParseHTML', 10, 80), layout(40, 20)],
      [profile(0), profileChunk(95, three, samples)],
    );
    expect(times(functions)).toEqual({ inner: [30, 50] });
    expect(times(activities)).toMatchObject({ Layout: [20, 20] });
  });

  test('counts a script’s evaluation for what the script is called, and two functions of one name apart', async () => {
    const other = 'https://page.test/other.js';
    const evaluated = work('EvaluateScript', 60, 20, { args: { data: { url: other, lineNumber: 1 } } });
    const { functions } = await cpuOf(
      [task(0, 100), call(10, 20, 'init', 1), call(40, 5, 'init', 1, other), evaluated],
      [profile(0), profileChunk(95, nodes, [[PROGRAM, 90]])],
    );
    expect(functions.map(({ functionName, url, selfMs }) => [functionName, url, selfMs])).toEqual([
      ['init', 'https://page.test/app.js', 20],
      ['', other, 20],
      ['init', other, 5],
    ]);
  });

  test('tells functions apart that take turns', async () => {
    const three = [...nodes, script(7, OUTER, 'other', 29)];
    const samples = [OUTER, INNER, OUTER, 7, INNER, PROGRAM].map((node) => [node, 10] as const);
    const { functions } = await cpuOf(
      [task(0, 100), work('FunctionCall', 5, 90)],
      [profile(0), profileChunk(95, three, samples)],
    );
    expect(times(functions)).toEqual({ outer: [20, 50], inner: [20, 20], other: [10, 10] });
  });

  test('counts a function that calls itself once', async () => {
    const recursive = [...nodes, script(7, INNER, 'outer', 9)];
    const samples = [
      [7, 20],
      [7, 60],
    ] as const;
    const { functions } = await cpuOf(busy, profile(0), profileChunk(95, recursive, samples));
    expect(times(functions)).toEqual({ outer: [80, 80] });
  });

  test('keeps a call without any sample: its function is known from the event', async () => {
    const { functions } = await cpuOf(
      [task(0, 100), call(10, 5, 'brief', 3)],
      [profile(0), profileChunk(95, nodes, [[PROGRAM, 90]])],
    );
    expect(times(functions)).toEqual({ brief: [5, 5] });
  });

  test('says nothing of calls after its last sample', async () => {
    const samples = [
      [INNER, 20],
      [INNER, 10],
      [INNER, 10],
    ] as const;
    const { functions } = await cpuOf(busy, profile(0), profileChunk(95, nodes, samples));
    // The samples lie at 20, 30 and 40 ms; the last one holds for 10 ms as well.
    expect(times(functions)).toEqual({ outer: [50, 80], inner: [30, 30] });
  });
});

describe('a sample', () => {
  test('without a stack between two of one function is a stack that could not be walked', async () => {
    const samples = [OUTER, PROGRAM, INNER, PROGRAM, PROGRAM].map((node) => [node, 15] as const);
    const { functions } = await cpuOf(
      [task(0, 100), work('FunctionCall', 10, 80)],
      [profile(0), profileChunk(95, nodes, samples)],
    );
    // `outer` from 15 to 60 ms, in it `inner` from 45: of the two without a stack after that one cannot tell.
    expect(times(functions)).toEqual({ outer: [30, 45], inner: [15, 15] });
  });

  test('of the garbage collector lies on the function that it interrupted', async () => {
    const samples = [
      [INNER, 20],
      [COLLECTOR, 10],
      [COLLECTOR, 10],
      [INNER, 20],
      [PROGRAM, 20],
      [PROGRAM, 20],
    ] as const;
    const { functions } = await cpuOf(busy, profile(0), profileChunk(95, nodes, samples));
    expect(times(functions)).toEqual({
      outer: [20, 80],
      inner: [30, 60],
      '(garbage collector)': [30, 30],
    });
  });

  test('taken before the one that was written before it comes first', async () => {
    // At 60, 30 and 80 ms.
    const samples = [
      [OUTER, 60],
      [INNER, -30],
      [OUTER, 50],
    ] as const;
    const { functions } = await cpuOf(busy, profile(0), profileChunk(95, nodes, samples));
    expect(times(functions)).toEqual({ outer: [50, 80], inner: [30, 30] });
  });

  test('without a time, beyond all time or of no node is left out', async () => {
    const data = {
      cpuProfile: { nodes: [], samples: [INNER, INNER, 'inner', INNER] },
      timeDeltas: [80_000, 1e300, 5],
    };
    const damaged = { ...profileChunk(96, [], []), args: { data } };
    const cpu = await cpuOf(busy, profile(0), profileChunk(95, nodes, [[OUTER, 5]]), damaged);
    expect(cpu.sampleCount).toBe(2);
  });

  test('has its time where the inspector’s own format puts it, too', async () => {
    const cpuProfile = { nodes: [], samples: [INNER, PROGRAM], timeDeltas: [20_000, 30_000] };
    const inside = { ...profileChunk(96, [], []), args: { data: { cpuProfile } } };
    const { functions } = await cpuOf(busy, profile(0), profileChunk(95, nodes, []), inside);
    expect(times(functions)).toMatchObject({ inner: [30, 30] });
  });

  test('says nothing of a task that begins after it', async () => {
    const samples = [
      [INNER, 20],
      [OUTER, 40],
      [PROGRAM, 20],
    ] as const;
    // `outer` is seen at 60 ms, in the task; `inner` at 20 ms, in none.
    const { functions } = await cpuOf(task(40, 60), profile(0), profileChunk(95, nodes, samples));
    expect(times(functions)).toEqual({ outer: [20, 20] });
  });

  test('outside all tasks counts only where no task was recorded', async () => {
    const samples = [INNER, INNER, INNER].map((node) => [node, 20] as const);
    const events = [profile(0), profileChunk(95, nodes, samples)];
    expect((await cpuOf(task(500, 10), events)).functions).toEqual([]);
    expect(times((await cpuOf(events)).functions)).toEqual({ inner: [60, 60] });
  });
});

test('functions that seem to call each other in a circle end nothing', async () => {
  const circle = [
    ...META_NODES,
    script(5, 6, 'outer', 9),
    script(6, 5, 'inner', 19),
    script(7, 7, 'self', 29),
  ];
  const samples = [5, 6, 7, 7].map((node) => [node, 20] as const);
  const { functions } = await cpuOf(busy, profile(0), profileChunk(95, circle, samples));
  expect(functions.map(({ functionName }) => functionName).toSorted()).toEqual(['inner', 'outer', 'self']);
});

describe('a thread’s profile', () => {
  const samples = [
    [INNER, 20],
    [INNER, 60],
  ] as const;

  test('is the one whose `Profile` event is on the thread: chunks are written by the sampler’s', async () => {
    const worker = profile(0, { id: '0x2', tid: 5 });
    const ofWorker = profileChunk(95, [script(9, 1, 'worker', 0)], [[9, 20]], { id: '0x2' });
    const { functions } = await cpuOf(busy, worker, ofWorker, profile(0), profileChunk(95, nodes, samples));
    expect(times(functions)).toEqual({ outer: [10, 80], inner: [70, 70] });
  });

  test('is not that of another process with the same id', async () => {
    const other = { pid: 20 };
    const { functions } = await cpuOf(
      [...busy, profile(0), profileChunk(95, nodes, samples)],
      [profile(0, other), profileChunk(95, [script(9, 1, 'elsewhere', 0)], [[9, 20]], other)],
    );
    expect(times(functions)).toEqual({ outer: [10, 80], inner: [70, 70] });
  });

  test('puts samples in order of time, whose deltas may be negative', async () => {
    const inOrder = [OUTER, INNER, INNER, OUTER].map((node) => [node, 20] as const);
    const mixed = [
      [OUTER, 20],
      [INNER, 40],
      [INNER, -20],
      [OUTER, 40],
    ] as const;
    const expected = await cpuOf(busy, profile(0), profileChunk(95, nodes, inOrder));
    expect(await cpuOf(busy, profile(0), profileChunk(95, nodes, mixed))).toEqual(expected);
    expect(times(expected.functions)).toMatchObject({ inner: [40, 40] });
  });

  test('puts samples in order that stand the wrong way round from the first to the last', async () => {
    const indices = Array.from({ length: 60 }, (_, index) => index);
    const inOrder = indices.map((index) => [nodeAt(index), 1] as const);
    const backwards = indices.map((index) => [nodeAt(59 - index), index === 0 ? 60 : -1] as const);
    const expected = await cpuOf(busy, profile(0), profileChunk(95, nodes, inOrder));
    expect(await cpuOf(busy, profile(0), profileChunk(95, nodes, backwards))).toEqual(expected);
  });

  test.each([
    ['a few', 2],
    ['many', 60],
  ])('leaves samples of one moment in their order, however far it moves them: %s', async (_, moments) => {
    // At each moment first `inner`, then `outer`: the later of the two holds until the next moment.
    const backwards = Array.from({ length: moments }, (__, index) => [
      [INNER, index === 0 ? 10 + moments : -1] as const,
      [OUTER, 0] as const,
    ]).flat();
    const { functions } = await cpuOf(busy, profile(0), profileChunk(95, nodes, backwards));
    expect(functions.map(({ functionName }) => functionName)).toEqual(['outer']);
  });

  test('is read whatever numbers its nodes have', async () => {
    const far = [{ id: 2 ** 52, functionName: '(root)' }, script(2 ** 52 + 1, 2 ** 52, 'far', 9)];
    const { functions } = await cpuOf(
      [task(0, 100), work('FunctionCall', 10, 80)],
      [profile(0), profileChunk(95, far, [[2 ** 52 + 1, 30]]), profileChunk(96, [], [[7, 20]])],
    );
    expect(times(functions)).toEqual({ far: [20, 20] });
  });

  test.each([
    ['the dispatch first', false],
    ['the function first', true],
  ])('takes the dispatch for the outer of two that start and end together: %s', async (_, isReversed) => {
    const together = [work('EventDispatch', 10, 80), call(10, 80, 'outer', 10)];
    const events = isReversed ? together.toReversed() : together;
    const { functions, activities } = await cpuOf(
      task(0, 100),
      ...events,
      profile(0),
      profileChunk(95, nodes, [[PROGRAM, 95]]),
    );
    expect(times(functions)).toMatchObject({ outer: [80, 80] });
    // Else the time would be the dispatch's.
    expect(Object.keys(Object(times(activities)))).toEqual(['RunTask']);
  });

  test('is the recorder’s own, before the inspector’s, before the first', async () => {
    const all = [
      named('0', 'SelfProfiling', 'of the page itself'),
      named('1', undefined, 'second', 1),
      named('4', undefined, 'first'),
      named('2', 'Inspector', 'inspector'),
      named('3', 'Internal', 'own'),
    ];
    const names = async (...profiles: typeof all): Promise<readonly string[]> =>
      (await cpuOf([task(0, 100), work('FunctionCall', 10, 80)], ...profiles)).functions.map(
        ({ functionName }) => functionName,
      );
    expect(await names(...all)).toEqual(['own']);
    expect(await names(...all.slice(0, 4))).toEqual(['inspector']);
    expect(await names(...all.slice(0, 3))).toEqual(['first']);
    expect(await names(...all.slice(0, 1))).toEqual(['of the page itself']);
  });

  test('is another one where the recorder’s own has no samples', async () => {
    const empty = profile(0, { id: '9', args: { data: { source: 'Internal' } } });
    const { functions } = await cpuOf([task(0, 100), work('FunctionCall', 10, 80)], empty, [
      ...named('1', undefined, 'seen'),
    ]);
    expect(functions.map(({ functionName }) => functionName)).toEqual(['seen']);
  });

  test('is unavailable where none was recorded, or none of the page’s main thread', async () => {
    const worker = profile(0, { tid: 5 });
    const facts = await factsOf(mainThread, busy, worker, profileChunk(95, nodes, samples));
    expect(describeTrace('trace.json', facts).cpuProfile).toEqual({ unavailable: 'not-recorded' });
  });

  test('is unavailable where only its samples were recorded, and not what they are of', async () => {
    const facts = await factsOf(mainThread, busy, profileChunk(95, nodes, samples));
    expect(describeTrace('trace.json', facts).cpuProfile).toEqual({ unavailable: 'not-recorded' });
  });
});

test('an interaction’s parts say what the main thread did in each', async () => {
  const { interactions } = await cpuOf(
    [task(0, 30), call(0, 30, 'before', 1), task(40, 50), call(40, 20, 'outer', 10), layout(70, 15)],
    interaction({ interactionId: 7, type: 'click', start: 20, processing: [40, 60], end: 100 }),
    [
      profile(0),
      profileChunk(95, nodes, [
        [PROGRAM, 5],
        [INNER, 45],
        [INNER, 40],
      ]),
    ],
  );
  const [{ inputDelay, processing, presentation } = {}] = interactions.map((cpu) => ({ ...cpu }));
  expect([inputDelay?.busyMs, processing?.busyMs, presentation?.busyMs]).toEqual([10, 20, 30]);
  expect(times(inputDelay?.functions ?? [])).toEqual({ before: [10, 10] });
  expect(times(processing?.functions ?? [])).toEqual({ outer: [10, 20], inner: [10, 10] });
  expect(times(presentation?.activities ?? [])).toEqual({ RunTask: [15, 30], Layout: [15, 15] });
});

test('an interaction has its time, though one within it began later and ended before', async () => {
  const { interactions } = await cpuOf(
    [task(0, 100), call(60, 30, 'outer', 10)],
    interaction({ interactionId: 7, type: 'pointerdown', start: 0, processing: [20, 80], end: 100 }),
    interaction({ interactionId: 8, type: 'keydown', start: 30, processing: [32, 36], end: 40 }),
    [profile(0), profileChunk(95, nodes, [[PROGRAM, 5]])],
  );
  expect(times(interactions[0]?.processing.functions ?? [])).toEqual({ outer: [20, 20] });
});

test('an event that seems to outlast its task ended with it, and one that runs into a task ended there', async () => {
  const noSamples = [profile(0), profileChunk(195, nodes, [[PROGRAM, 1]])];
  const outlasting = await cpuOf(task(0, 50), call(10, 80, 'outer', 1), ...noSamples);
  expect([outlasting.totalMs, times(outlasting.functions)]).toEqual([50, { outer: [40, 40] }]);
  const before = await cpuOf(work('Paint', 0, 10), task(9, 80), ...noSamples);
  expect(times(before.activities)).toEqual({ Paint: [9, 9], RunTask: [80, 80] });
});

test('what a sample saw outside all events calls no event that begins later', async () => {
  const samples = [
    [INNER, 20],
    [INNER, 10],
    [PROGRAM, 30],
  ] as const;
  const { functions, activities } = await cpuOf(layout(40, 10), profile(0), profileChunk(95, nodes, samples));
  expect(times(functions)).toEqual({ inner: [20, 20] });
  expect(times(activities)).toEqual({ Layout: [10, 10] });
});

test('a task that seems to run into the next ended there', async () => {
  const { totalMs, activities } = await cpuOf(
    [task(0, 60), task(50, 50), layout(55, 20)],
    [profile(0), profileChunk(95, nodes, [[PROGRAM, 1]])],
  );
  expect(totalMs).toBe(100);
  expect(times(activities)).toEqual({ RunTask: [80, 100], Layout: [20, 20] });
});

test('lists are cut to twenty, and what is counted is all', async () => {
  const calls = Array.from({ length: 30 }, (_, index) =>
    call(index * 3, 1 + index / 100, `f${String(index)}`, 1),
  );
  const cpu = await cpuOf(task(0, 100), calls, profile(0), profileChunk(95, nodes, [[PROGRAM, 1]]));
  expect([cpu.functionCount, cpu.functions.length, cpu.functions[0]?.functionName]).toEqual([30, 20, 'f29']);
});

test('five functions are listed for each part of an interaction', async () => {
  const calls = Array.from({ length: 6 }, (_, index) => call(10 + index * 5, 4, `f${String(index)}`, 1));
  const cpu = await cpuOf(
    task(0, 60),
    calls,
    interaction({ interactionId: 7, type: 'click', start: 5, processing: [8, 50], end: 60 }),
    [profile(0), profileChunk(95, nodes, [[PROGRAM, 1]])],
  );
  expect(cpu.interactions[0]?.processing.functions).toHaveLength(5);
});

describe('by law', () => {
  const anyEvent = fc
    .tuple(
      ms(200),
      ms(60),
      fc.constantFrom('RunTask', 'FunctionCall', 'EventDispatch', 'Layout', 'ParseHTML'),
    )
    .map(([start, length, name]) => work(name, start, length));
  const anySamples = fc.array(
    fc.tuple(fc.constantFrom(1, 2, 3, 4, 5, 6, 99), fc.integer({ min: -3, max: 9 })),
    {
      minLength: 1,
    },
  );
  const anyTrace = fc
    .tuple(fc.array(anyEvent, { maxLength: 25 }), fc.array(anySamples, { maxLength: 4 }))
    .map(([events, chunks]): readonly TraceEvent[] => [
      ...mainThread,
      task(0, 1),
      profile(3),
      profileChunk(4, nodes, [[OUTER, 1]]),
      ...events,
      ...chunks.map((samples, index) => profileChunk(10 + index, [], samples)),
    ]);

  test('self times sum to the total, and no total is more than it', async () => {
    await fc.assert(
      fc.asyncProperty(anyTrace, async (trace) => {
        const time = cpuTime(await factsOf(trace));
        const self = time?.frames.reduce((sum, frame) => sum + frame.self, 0);
        expect(self).toBeCloseTo(time?.total ?? Number.NaN, 6);
        for (const { self: own, total } of time?.frames ?? []) {
          expect(own).toBeLessThanOrEqual(total);
          expect(total).toBeLessThanOrEqual((time?.total ?? 0) + 1e-6);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('the total is never less than the time in tasks', async () => {
    await fc.assert(
      fc.asyncProperty(anyTrace, async (trace) => {
        const facts = await factsOf(trace);
        const covered = new Set(
          mainTasks(facts).flatMap(({ start, duration }) =>
            Array.from({ length: duration / 100 }, (_, tenth) => start / 100 + tenth),
          ),
        );
        expect(cpuTime(facts)?.total).toBeGreaterThanOrEqual(covered.size * 100 - 1e-6);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('the order of events in a trace changes nothing', async () => {
    const shuffledToo = anyTrace.chain((trace) =>
      fc.tuple(fc.constant(trace), fc.shuffledSubarray([...trace], { minLength: trace.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffledToo, async ([trace, mixed]) => {
        expect(describeTrace('', await factsOf(mixed)).cpuProfile).toEqual(
          describeTrace('', await factsOf(trace)).cpuProfile,
        );
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
