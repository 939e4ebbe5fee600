import { expect, test } from 'vitest';
import { isBeyondGuardBand } from '../../src/budget/guard-band.ts';

const MEDIAN = { max: 200, quantile: 'median' } as const;
/** Twenty runs between 210 and 230, in an order that means nothing: their mean is 220, its standard error 1.64. */
const SCATTERED = [
  210, 230, 215, 225, 220, 210, 228, 212, 230, 211, 229, 213, 227, 214, 226, 220, 218, 222, 216, 224,
];

test('runs that are all equal are beyond it by anything', () => {
  expect(isBeyondGuardBand([201, 201, 201], MEDIAN)).toBe(true);
  expect(isBeyondGuardBand([200, 200, 200], MEDIAN)).toBe(false);
});

test('it is three standard errors wide where the order means nothing', () => {
  expect(isBeyondGuardBand(SCATTERED, { ...MEDIAN, max: 220 - 5.1 })).toBe(true);
  expect(isBeyondGuardBand(SCATTERED, { ...MEDIAN, max: 220 - 4.5 })).toBe(false);
});

test('it is wider where each run is like the one before it', () => {
  const limit = { ...MEDIAN, max: 213 };
  expect(isBeyondGuardBand(SCATTERED, limit)).toBe(true);
  expect(
    isBeyondGuardBand(
      SCATTERED.toSorted((a, b) => a - b),
      limit,
    ),
  ).toBe(false);
});

test('it is wider for forty runs, of which more is asked, and makes more of their order', () => {
  const twice = [...SCATTERED, ...SCATTERED.toReversed()];
  // Three standard errors would be 3.3.
  expect(isBeyondGuardBand(twice, { ...MEDIAN, max: 220 - 4.8 })).toBe(true);
  expect(isBeyondGuardBand(twice, { ...MEDIAN, max: 220 - 4.6 })).toBe(false);
  const rising = twice.toSorted((a, b) => a - b);
  // However much they are alike, no more is made of it than of a correlation of 0.9: 19 times 4.25 standard errors of 1.1.
  expect(isBeyondGuardBand(rising, { ...MEDIAN, max: 220 - 89 })).toBe(false);
  expect(isBeyondGuardBand(rising, { ...MEDIAN, max: 220 - 90 })).toBe(true);
});

test('a higher quantile is held against it by its own value', () => {
  expect(isBeyondGuardBand(SCATTERED, { max: 219, quantile: 'median' })).toBe(false);
  expect(isBeyondGuardBand(SCATTERED, { max: 219, quantile: 'p75' })).toBe(true);
});
