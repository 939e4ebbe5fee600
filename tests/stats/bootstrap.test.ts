import { expect, test } from 'vitest';
import { randomNumbers } from '../../src/base/random.ts';
import { bootstrapMean } from '../../src/stats/bootstrap.ts';

const OPTIONS = { confidence: 0.95, resamples: 1000, seed: 3 };

test('the interval of a mean holds it, and is the same every time', () => {
  const values = [1, 4, 2, 8, 5, 7];
  const interval = bootstrapMean(values, OPTIONS);
  expect(interval?.mean).toBe(4.5);
  expect(interval?.low).toBeLessThan(4.5);
  expect(interval?.high).toBeGreaterThan(4.5);
  expect(bootstrapMean(values, OPTIONS)).toEqual(interval);
});

test('values that are all equal leave no doubt, and one value tells nothing', () => {
  expect(bootstrapMean([3, 3, 3], OPTIONS)).toEqual({ mean: 3, low: 3, high: 3 });
  expect(bootstrapMean([3], OPTIONS)).toBeUndefined();
});

test('of two values a quarter of the means are each of them, and half lie between', () => {
  expect(bootstrapMean([0, 1], { ...OPTIONS, confidence: 1 })).toEqual({ mean: 0.5, low: 0, high: 1 });
  expect(bootstrapMean([0, 1], { ...OPTIONS, confidence: 0.8 })).toEqual({ mean: 0.5, low: 0, high: 1 });
  // 30 % are left off at each end: more than the quarter.
  expect(bootstrapMean([0, 1], { ...OPTIONS, confidence: 0.4 })).toEqual({ mean: 0.5, low: 0.5, high: 0.5 });
});

test('the true mean lies within nine times in ten or more, of twenty values', () => {
  const random = randomNumbers(17);
  const samples = Array.from({ length: 500 }, () => Array.from({ length: 20 }, () => random() - 0.5));
  const covered = samples.filter((values) => {
    const interval = bootstrapMean(values, { ...OPTIONS, resamples: 400 });
    return interval !== undefined && interval.low <= 0 && interval.high >= 0;
  });
  expect(covered.length / samples.length).toBeGreaterThan(0.88);
  expect(covered.length / samples.length).toBeLessThan(0.98);
});
