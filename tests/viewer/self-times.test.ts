import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SpanColumns } from '../../src/tracks/tracks.ts';
import { overviewBins } from '../../viewer/layout/overview-bins.ts';
import { type TreeNode, windowTimes } from '../../viewer/layout/self-times.ts';
import { columns, label } from '../support/span-columns.ts';

const [TASK, OUTER, INNER] = [0, 1, 2];
/** A task of 100 ms; `outer` from 10 to 90, in it `inner` from 20 to 50, in that `outer` again from 30 to 40. */
const SPANS = columns([0, 100, 0, TASK], [10, 80, 1, OUTER], [20, 30, 2, INNER], [30, 10, 3, OUTER]);

const rows = (spans: SpanColumns, startMs: number, endMs: number): unknown =>
  Object.fromEntries(
    windowTimes(spans, { startMs, endMs }).bottomUp.map(({ label: own, selfMs, totalMs }) => [
      own,
      [selfMs, totalMs],
    ]),
  );

test('self time is what a span has and nothing inside it; recursion is counted once in the total', () => {
  expect(rows(SPANS, 0, 100)).toEqual({ [TASK]: [20, 100], [OUTER]: [60, 80], [INNER]: [20, 30] });
});

test('spans are cut to the window, those that began before it too', () => {
  expect(rows(SPANS, 35, 60)).toEqual({ [TASK]: [0, 25], [OUTER]: [15, 25], [INNER]: [10, 15] });
});

test('the tree says what led to what', () => {
  const paths = (nodes: Iterable<TreeNode>, path = ''): readonly string[] =>
    [...nodes].flatMap((node) => [
      `${path}${String(node.label)}: ${String(node.selfMs)}`,
      ...paths(node.children.values(), `${path}${String(node.label)} > `),
    ]);
  expect(paths(windowTimes(SPANS, { startMs: 0, endMs: 100 }).tree)).toEqual([
    '0: 20',
    '0 > 1: 50',
    '0 > 1 > 2: 20',
    '0 > 1 > 2 > 1: 10',
  ]);
});

/** Tasks one after the other, each with some spans in it. */
const nestedSpans = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 20 }),
      inner: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }),
    }),
    {
      maxLength: 30,
    },
  )
  .map((tasks) => {
    let at = 0;
    return columns(
      ...tasks.flatMap(({ gap, inner }) => {
        const start = at + gap;
        const duration = inner.reduce((sum, ms) => sum + ms, 2);
        at = start + duration;
        let inside = start + 1;
        return [
          [start, duration, 0, 0] as const,
          ...inner.map((ms, index) => {
            inside += ms;
            return [inside - ms, ms, 1, 1 + (index % 3)] as const;
          }),
        ];
      }),
    );
  });

test('self times add up to the time in which the thread did anything', () => {
  fc.assert(
    fc.property(
      nestedSpans,
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 1, max: 300 }),
      (spans, from, length) => {
        const { bottomUp, busyMs } = windowTimes(spans, { startMs: from, endMs: from + length });
        const sum = bottomUp.reduce((all, { selfMs }) => all + selfMs, 0);
        expect(sum).toBeCloseTo(busyMs, 6);
        expect(bottomUp.every(({ selfMs, totalMs }) => selfMs >= -1e-9 && totalMs + 1e-9 >= selfMs)).toBe(
          true,
        );
      },
    ),
  );
});

test('the overview adds up to the same', () => {
  fc.assert(
    fc.property(nestedSpans, (spans) => {
      const labels = [
        label('task', 'task'),
        label('a', 'scripting'),
        label('b', 'rendering'),
        label('c', 'painting'),
      ];
      const spanMs = 1000;
      const { shares } = overviewBins(spans, labels, { spanMs, binCount: 50 });
      const drawn = shares.reduce((sum, share) => sum + share, 0) * (spanMs / 50);
      const { busyMs } = windowTimes(spans, { startMs: 0, endMs: spanMs });
      expect(drawn).toBeCloseTo(busyMs, 3);
      expect(shares.every((share) => share <= 1.0001)).toBe(true);
    }),
  );
});

test('the tree has the largest first, and nothing that took no time', () => {
  const { tree, bottomUp } = windowTimes(columns([0, 10, 0, 0], [20, 50, 0, 1], [80, 0, 0, 2]), {
    startMs: 0,
    endMs: 100,
  });
  expect(tree.map(({ label: own }) => own)).toEqual([1, 0]);
  expect(bottomUp.map(({ label: own }) => own)).toEqual([1, 0]);
});

test('of two that took as long themselves that comes first which took longer in all', () => {
  const spans = columns([0, 10, 0, 0], [20, 40, 0, 1], [20, 30, 1, 2]);
  const { bottomUp } = windowTimes(spans, { startMs: 0, endMs: 100 });
  expect(bottomUp.map(({ label: own, selfMs, totalMs }) => [own, selfMs, totalMs])).toEqual([
    [2, 30, 30],
    [1, 10, 40],
    [0, 10, 10],
  ]);
});
