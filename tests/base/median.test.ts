import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { logMedian, median } from '../../src/base/median.ts';

test('the median of an odd number of values is the one in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
});

test('the median of an even number of values is the mean of the two in the middle', () => {
  expect(median([10, 2, 4, 1])).toBe(3);
});

test('values are ordered as numbers, not as text', () => {
  expect(median([100, 20, 3])).toBe(20);
});

test('there is no median of nothing', () => {
  expect(median([])).toBeNaN();
});

test('as many values lie below the median as above it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const middle = median(values);
      const below = values.filter((value) => value < middle).length;
      const above = values.filter((value) => value > middle).length;
      expect(below).toBeLessThanOrEqual(values.length / 2);
      expect(above).toBeLessThanOrEqual(values.length / 2);
    }),
  );
});

test.each([
  [[900, 20, 100], 100],
  // Halfway between 4 and 9 by factors is 6.
  [[100, 9, 4, 1], 6],
  [[5, 5], 5],
  [[0, 8], 4],
  [[0, 0, 8, 8], 4],
  [[], Number.NaN],
])('on a logarithmic scale the middle of %j is %f', (values, middle) => {
  expect(logMedian(values)).toBe(middle);
});
