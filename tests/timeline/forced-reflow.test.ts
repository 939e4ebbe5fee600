import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ForcedReflows } from '../../src/result/rendering-result.ts';
import { describeTrace } from '../support/described.ts';
import {
  call,
  invalidation,
  layout,
  META_NODES,
  profile,
  profileChunk,
  script,
  stackOf,
  style,
  work,
} from '../support/rendering.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { mainThread, task, type TraceEvent } from '../support/trace-events.ts';

type Events = readonly (TraceEvent | readonly TraceEvent[])[];

const reflowsOf = async (...events: Events): Promise<ForcedReflows> =>
  describeTrace('trace.json', await factsOf(mainThread, task(0, 100), ...events)).forcedReflows;

const APP = 'https://page.test/app.js';
const forcing = stackOf(APP, 'measure', 42);

describe('layout is forced', () => {
  test.each(['FunctionCall', 'EvaluateScript', 'RunMicrotasks', 'EventDispatch', 'v8.run', 'V8.Execute'])(
    'inside %s',
    async (name) => {
      expect(await reflowsOf(work(name, 10, 20), layout(15, 5))).toMatchObject({ count: 1, nestedMs: 5 });
    },
  );

  test('deep inside JavaScript', async () => {
    const events = [call(10, 50, 'f', 1), work('ParseHTML', 12, 40), layout(15, 5)];
    expect(await reflowsOf(events)).toMatchObject({ count: 1, nestedCount: 1 });
  });

  test('when it carries a stack, although no JavaScript event is around it', async () => {
    expect(await reflowsOf(layout(15, 5, forcing))).toMatchObject({ count: 1, nestedCount: 0, totalMs: 5 });
  });

  test('inside JavaScript that was written as a begin and an end', async () => {
    const edges = [
      work('FunctionCall', 10, 0, { ph: 'B', dur: undefined }),
      work('FunctionCall', 30, 0, { ph: 'E', dur: undefined }),
    ];
    expect(await reflowsOf(edges, layout(15, 5), layout(35, 5))).toMatchObject({ count: 1, nestedMs: 5 });
  });
});

describe('layout is not forced', () => {
  test.each<readonly [string, readonly TraceEvent[]]>([
    ['in a task without JavaScript', [layout(15, 5)]],
    ['right after JavaScript', [call(10, 5, 'f', 1), layout(15, 5)]],
    ['while another thread runs JavaScript', [call(10, 20, 'f', 1), layout(15, 5, {}, { tid: 2 })]],
    ['while another process runs JavaScript', [call(10, 20, 'f', 1), layout(15, 5, {}, { pid: 20 })]],
    ['after JavaScript that never ended', [work('FunctionCall', 10, 0, { ph: 'B' }), layout(15, 5)]],
  ])('%s', async (_, events) => {
    expect(await reflowsOf(events)).toMatchObject({ count: 0, totalMs: 0, nestedCount: 0 });
  });
});

test('style inside a forced layout counts, but its time counts once', async () => {
  const reflows = await reflowsOf(call(10, 50, 'f', 1), layout(15, 10, forcing), style(16, 4));
  expect(reflows).toMatchObject({ count: 2, totalMs: 10, nestedCount: 2, nestedMs: 14 });
});

describe('the line', () => {
  test('that forced layout is the top of its stack, counted from 1', async () => {
    const { worst } = await reflowsOf(call(10, 50, 'f', 1), layout(15, 10, forcing));
    expect(worst).toMatchObject([
      { kind: 'layout', url: APP, line: 42, functionName: 'measure', lineFrom: 'stack' },
    ]);
  });

  test('that forced layout is the sampled function’s where no stack was recorded', async () => {
    const nodes = [...META_NODES, script(5, 1, 'f', 0), script(6, 5, 'measure', 40)];
    const { worst } = await reflowsOf(
      [
        profile(0),
        profileChunk(
          90,
          nodes,
          [5, 6, 5].map((node) => [node, 12]),
        ),
      ],
      [call(10, 50, 'f', 1), layout(20, 10)],
    );
    expect(worst).toMatchObject([{ url: APP, line: 41, functionName: 'measure', lineFrom: 'profile' }]);
  });

  test('that forced layout is not guessed from a sample of earlier JavaScript', async () => {
    const nodes = [...META_NODES, script(5, 1, 'f', 0)];
    const { worst } = await reflowsOf(
      [profile(0), profileChunk(90, nodes, [[5, 5]])],
      [call(0, 8, 'f', 1), call(10, 50, 'g', 9), layout(20, 10)],
    );
    expect(worst).toMatchObject([{ line: { unavailable: 'not-recorded' }, lineFrom: 'nowhere' }]);
  });

  test('that dirtied layout is the last change of that frame before it', async () => {
    const other = { args: { data: { frame: 'OTHER', ...stackOf(APP, 'elsewhere', 3) } } };
    const { worst } = await reflowsOf(
      call(10, 50, 'f', 1),
      invalidation('ScheduleStyleRecalculation', 11, stackOf(APP, 'first', 1)),
      invalidation('InvalidateLayout', 12, stackOf(APP, 'second', 2)),
      { ...invalidation('InvalidateLayout', 13), ...other },
      layout(15, 10, forcing),
      invalidation('InvalidateLayout', 26, stackOf(APP, 'later', 4)),
    );
    expect(worst[0]?.dirtiedBy).toEqual({ url: APP, functionName: 'second', line: 2 });
  });

  test('that dirtied layout is not the one that style names while it runs', async () => {
    const { worst } = await reflowsOf(
      call(10, 50, 'f', 1),
      invalidation('ScheduleStyleRecalculation', 11, stackOf(APP, 'setWidth', 1)),
      style(14, 4, forcing),
      invalidation('InvalidateLayout', 15, forcing),
      layout(18, 10, forcing),
    );
    expect(worst[0]?.dirtiedBy).toMatchObject({ functionName: 'setWidth' });
  });

  test('that dirtied an earlier layout is not blamed for the next', async () => {
    const { worst } = await reflowsOf(
      call(10, 50, 'f', 1),
      invalidation('InvalidateLayout', 11, stackOf(APP, 'setWidth', 1)),
      layout(14, 4, forcing),
      layout(30, 10, forcing),
    );
    expect(worst.map(({ dirtiedBy }) => dirtiedBy)).toEqual([
      { unavailable: 'not-recorded' },
      { url: APP, functionName: 'setWidth', line: 1 },
    ]);
  });
});

test('the order of events in the trace changes nothing', async () => {
  const events = [
    call(10, 50, 'f', 1),
    invalidation('ScheduleStyleRecalculation', 11, stackOf(APP, 'setWidth', 1)),
    style(14, 4, forcing),
    layout(18, 10, forcing),
    invalidation('InvalidateLayout', 29, stackOf(APP, 'setHeight', 2)),
    layout(30, 5, forcing),
    layout(70, 5),
  ];
  const inOrder = await reflowsOf(events);
  expect(inOrder.count).toBe(3);
  const shuffled = fc.shuffledSubarray(events, { minLength: events.length });
  await fc.assert(
    fc.asyncProperty(shuffled, async (mixed) => {
      expect(await reflowsOf(mixed)).toEqual(inOrder);
    }),
    { seed: 1, numRuns: 200 },
  );
});
