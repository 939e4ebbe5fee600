import { expect, test } from 'vitest';
import { inpIndex } from '../../src/metrics/inp.ts';

test.each([
  [1, 0],
  [49, 0],
  [50, 1],
  [99, 1],
  [100, 2],
  [449, 8],
  [450, 9],
  [500, 9],
  [100_000, 9],
])('of %i interactions, slowest first, the INP is the one at %i', (count, index) => {
  expect(inpIndex(count)).toBe(index);
});
