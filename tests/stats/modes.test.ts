import { expect, test } from 'vitest';
import { randomNumbers } from '../../src/base/random.ts';
import { modeCount } from '../../src/stats/modes.ts';

/** Sums of uniform numbers: near enough to the normal distribution. */
function about(middle: number, spread: number, count: number, seed: number): readonly number[] {
  const random = randomNumbers(seed);
  const normal = (): number => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);
  return Array.from({ length: count }, () => middle + spread * normal());
}

test('values about one middle lie in one heap, nearly always', () => {
  const counts = Array.from({ length: 100 }, (_, seed) => modeCount(about(120, 8, 24, seed)));
  expect(counts.filter((count) => count === 1).length).toBeGreaterThanOrEqual(80);
});

test('values about two middles far apart lie in two heaps', () => {
  const counts = Array.from({ length: 100 }, (_, seed) =>
    modeCount([...about(120, 5, 16, seed), ...about(162, 5, 8, seed + 1000)]),
  );
  expect(counts.filter((count) => count >= 2).length).toBeGreaterThanOrEqual(95);
});

/** So many values about a middle, each as far from the next. */
const heap = (middle: number, count: number, gap: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => middle + gap * (index - (count - 1) / 2));

test.each([60, 100, 500, 733, 5000])('a heap at %i is seen from one at 20, in any order', (far) => {
  const near = heap(20, 20, 0.1);
  expect(modeCount([...near, ...heap(far, 6, 0.1)])).toBe(2);
  expect(modeCount([...near.slice(0, 10), ...heap(far, 6, 0.1), ...near.slice(10)])).toBe(2);
});

test('one wild value is no heap, and hides none', () => {
  expect(modeCount([...heap(20, 18, 0.2), 300])).toBe(1);
  // Their deviation, 63, would smooth the two heaps into one; their distance to the median does not.
  expect(modeCount([...heap(20, 12, 0.2), ...heap(30, 6, 0.2), 300])).toBe(2);
});

test('where most values are equal, the others make a heap by their deviation', () => {
  // Deviation 196, kernel 0.9 · 196 · 10^-0.2 = 111: the middle is 1.8 of it from each, the valley 0.2 · 10 below 0.75 · 4.
  expect(modeCount([...Array.from({ length: 6 }, () => 100), 500, 500, 500, 500])).toBe(2);
  // Deviation 60, kernel 34: of eleven values one is 1 high, below 0.15 of the other's 10.
  expect(modeCount([...Array.from({ length: 10 }, () => 100), 308])).toBe(1);
});

test('equal values lie in one heap, and none in none', () => {
  expect(modeCount([5, 5, 5])).toBe(1);
  expect(modeCount([])).toBe(0);
});
