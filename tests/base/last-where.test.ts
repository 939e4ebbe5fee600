import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastWhere } from '../../src/base/last-where.ts';

test('finds the last of those that come first', () => {
  const starts = [1, 3, 3, 7];
  const lastBy = (limit: number): number =>
    lastWhere(starts.length, (index) => (starts[index] ?? 0) <= limit);
  expect([0, 1, 3, 6, 7].map(lastBy)).toEqual([-1, 0, 2, 2, 3]);
});

test('agrees with a search from the end', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 0, max: 50 }), (list, limit) => {
      const sorted = list.toSorted((a, b) => a - b);
      const found = lastWhere(sorted.length, (index) => (sorted[index] ?? 0) <= limit);
      expect(found).toBe(sorted.findLastIndex((value) => value <= limit));
    }),
    { seed: 1 },
  );
});
