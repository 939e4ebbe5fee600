import { expect, test } from 'vitest';
import { confined, isWellInSight, overlap, panned, union, zoomed } from '../../viewer/layout/time-span.ts';

const LIMITS = { startMs: -50, endMs: 950 };

test('zooming keeps the instant under the pointer where it is', () => {
  expect(zoomed({ startMs: 0, endMs: 100 }, 0.5, 25)).toEqual({ startMs: 12.5, endMs: 62.5 });
});

test('zooming in and out again by the same factor changes nothing', () => {
  const span = { startMs: 10, endMs: 110 };
  expect(zoomed(zoomed(span, 0.5, 30), 2, 30)).toEqual(span);
});

test('panning stops at the end of the recording and keeps its length', () => {
  expect(confined(panned({ startMs: 800, endMs: 900 }, 500), LIMITS)).toEqual({ startMs: 850, endMs: 950 });
});

test('zooming out stops at the whole recording', () => {
  expect(confined(zoomed({ startMs: 0, endMs: 600 }, 10, 300), LIMITS)).toEqual(LIMITS);
});

test('zooming in stops at twenty microseconds', () => {
  expect(confined({ startMs: 10, endMs: 10.01 }, LIMITS)).toEqual({ startMs: 10, endMs: 10.02 });
});

test('charts that have nothing to show still have a scale', () => {
  expect(union([])).toEqual({ startMs: 0, endMs: 100 });
});

test('two stretches that only touch do not overlap', () => {
  const span = { startMs: 10, endMs: 20 };
  expect([0, 5, 15, 20].map((startMs) => overlap(span, { startMs, endMs: startMs + 10 }))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test.each([
  ['in the view', { startMs: 10, endMs: 90 }, true],
  ['half of it beyond its end', { startMs: 90, endMs: 110 }, false],
  ['half of it before its start', { startMs: -10, endMs: 10 }, false],
  ['in it, and too small to be seen', { startMs: 10, endMs: 10.4 }, false],
])('a stretch is in sight where all of it can be seen: %s', (_, span, isInSight) => {
  expect(isWellInSight(span, { startMs: 0, endMs: 100 })).toBe(isInSight);
});
