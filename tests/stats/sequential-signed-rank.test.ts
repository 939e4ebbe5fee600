import { describe, expect, test } from 'vitest';
import { randomNumbers } from '../../src/base/random.ts';
import { crossingRate, signedRankBoundaries } from '../simulation/signed-rank-boundaries.ts';
import {
  judgePairs,
  type SignedRankOutcome,
  type SignedRankPlan,
  UP_TO_24_PAIRS,
  UP_TO_40_PAIRS,
  upToPairs,
} from '../../src/stats/sequential-signed-rank.ts';

/** With a margin of 10 %. */
const judge = (
  differences: readonly number[],
  plan: SignedRankPlan = UP_TO_24_PAIRS,
  metrics = 1,
): SignedRankOutcome =>
  judgePairs(
    differences.map((difference) => ({ difference, margin: Math.log(1.1) })),
    plan,
    metrics,
  );

/** Differences about a value, in an order that the seed draws. */
function noisy(pairs: number, about: number, seed: number, spread = 0.1): readonly number[] {
  const random = randomNumbers(seed);
  return Array.from({ length: pairs }, () => about + spread * (random() - 0.5));
}

describe('pairs are judged', () => {
  test('not before the first look', () => {
    const outcome = judge(noisy(7, 0.5, 1));
    expect(outcome).toMatchObject({ verdict: 'inconclusive', pairs: 7, threshold: undefined });
  });

  test('slower at the earliest look that may say so', () => {
    const outcome = judge(noisy(24, 0.3, 2));
    expect(outcome).toEqual({ verdict: 'slower', pairs: 12, p: 1 / 4096, threshold: 0.00048828125 });
  });

  test('not slower by the margin, early, where they do not differ', () => {
    expect(judge(noisy(24, 0, 3))).toMatchObject({
      verdict: 'not-slower',
      pairs: 8,
    });
  });

  test('not slower where the second side is faster', () => {
    expect(judge(noisy(24, -0.3, 4)).verdict).toBe('not-slower');
  });

  test('inconclusive where the shift lies between nothing and the margin', () => {
    const outcome = judge(noisy(24, 0.045, 6, 2));
    expect(outcome).toMatchObject({ verdict: 'inconclusive', pairs: 24 });
  });

  test('more strictly where several metrics are judged together', () => {
    const differences = noisy(12, 0.3, 5);
    expect(judge(differences).verdict).toBe('slower');
    expect(judge(differences, UP_TO_24_PAIRS, 10).verdict).toBe('inconclusive');
  });
});

test('a margin of its own for each pair decides whether it is exceeded', () => {
  const pairs = noisy(8, 0.3, 7).map((difference) => ({ difference, margin: difference + 0.01 }));
  expect(judgePairs(pairs, UP_TO_24_PAIRS, 1).verdict).toBe('not-slower');
});

test('a plan that ends earlier looks less often', () => {
  expect(upToPairs(UP_TO_40_PAIRS, 13)).toEqual({
    looks: [8, 12],
    slower: UP_TO_40_PAIRS.slower.slice(0, 2),
    notSlower: UP_TO_40_PAIRS.notSlower.slice(0, 2),
  });
  expect(judge(noisy(24, 0.045, 6, 2), upToPairs(UP_TO_24_PAIRS, 12))).toMatchObject({
    verdict: 'inconclusive',
    pairs: 24,
  });
});

describe('the thresholds', () => {
  const sequences = 20_000;
  /** Four standard errors of a share. */
  const noise = (share: number): number => 4 * Math.sqrt((share * (1 - share)) / sequences);

  test.each([
    ['24', UP_TO_24_PAIRS],
    ['40', UP_TO_40_PAIRS],
  ] as const)('of up to %s pairs spend what they may, in sequences drawn anew', (_, plan) => {
    const draw = { looks: plan.looks, sequences, seed: 99 };
    const slower = crossingRate(draw, plan.slower);
    expect(slower).toBeGreaterThan(0.004 - noise(0.004));
    expect(slower).toBeLessThan(0.005 + noise(0.005));
    const notSlower = crossingRate(draw, plan.notSlower);
    expect(notSlower).toBeGreaterThan(0.035 - noise(0.035));
    expect(notSlower).toBeLessThan(0.05 + noise(0.05));
  });

  test('that are found for one look are those of the exact test', () => {
    // Of eight pairs the p-values are multiples of 1/256: 2/256 is the largest within 1 %.
    const { thresholds, spent } = signedRankBoundaries({ looks: [8], error: 0.01, sequences, seed: 7 });
    expect(thresholds).toEqual([2 / 256]);
    expect(spent).toBeLessThanOrEqual(0.01);
    expect(spent).toBeGreaterThan(2 / 256 - noise(2 / 256));
  });
});
