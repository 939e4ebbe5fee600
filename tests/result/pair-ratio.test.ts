import { expect, test } from 'vitest';
import { logMargin, logRatio } from '../../src/result/summary/pair-ratio.ts';

test.each([
  [200, 220, 1.1],
  [220, 200, 1 / 1.1],
  [0, 5, 50],
  [5, 0, 1 / 50],
  [0, 0, 1],
])('from %f to %f is a factor of %f: what is near 0 counts as a tenth', (a, b, factor) => {
  expect(Math.exp(logRatio(a, b))).toBeCloseTo(factor, 9);
});

test.each([
  [200, 220],
  // Ten percent would be less than the floor.
  [50, 66],
  [160, 176],
])('of interest is what is higher than %i by 10 %%, and by 16 at least', (base, limit) => {
  const margin = { percent: 10, floor: 16 };
  expect(base * Math.exp(logMargin(base, margin))).toBeCloseTo(limit, 9);
});
