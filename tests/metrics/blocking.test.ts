import { expect, test } from 'vitest';
import { fromMs } from '../../src/base/units.ts';
import { blockingTime, isLong } from '../../src/metrics/blocking.ts';

test.each([
  [0, false, 0],
  [49.999, false, 0],
  [50, false, 0],
  [50.001, true, 0.001],
  [250, true, 200],
])('a task of %d ms is long: %s, and blocks for %d ms', (ms, long, blockingMs) => {
  expect(isLong(fromMs(ms))).toBe(long);
  expect(blockingTime(fromMs(ms))).toBeCloseTo(fromMs(blockingMs), 6);
});
