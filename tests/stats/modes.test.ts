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

test('equal values lie in one heap, and none in none', () => {
  expect(modeCount([5, 5, 5])).toBe(1);
  expect(modeCount([])).toBe(0);
});
