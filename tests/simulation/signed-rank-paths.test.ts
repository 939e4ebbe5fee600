import { describe, expect, test } from 'vitest';
import { randomNumbers } from '../../src/base/random.ts';
import { signedRank } from '../../src/stats/signed-rank.ts';
import { exactCrossing, exactSignedRankBoundaries } from './signed-rank-paths.ts';
import { BOUNDARY_ERRORS } from './boundaries.ts';
import { UP_TO_24_PAIRS, UP_TO_40_PAIRS } from '../../src/stats/sequential-signed-rank.ts';

/** All ways in which four pairs may come: every order of their sizes with every choice of signs. */
function everySequence(): readonly (readonly number[])[] {
  const orders = permutations([1, 2, 3, 4]);
  return orders.flatMap((order) =>
    Array.from({ length: 16 }, (_, signs) =>
      order.map((size, index) => (((signs >> index) & 1) === 1 ? size : -size)),
    ),
  );
}

function permutations(values: readonly number[]): readonly (readonly number[])[] {
  if (values.length <= 1) return [values];
  return values.flatMap((value) =>
    permutations(values.filter((other) => other !== value)).map((rest) => [value, ...rest]),
  );
}

describe('the probability of crossing', () => {
  test('is that of counting all sequences', () => {
    const thresholds = [0.25, 0.125, 0.0625];
    const looks = [2, 3, 4];
    const crossedBy = (sequence: readonly number[], until: number): boolean =>
      looks
        .slice(0, until)
        .some((look, index) => signedRank(sequence.slice(0, look)) <= (thresholds[index] ?? -1));
    const all = everySequence();
    const counted = looks.map(
      (_, index) => all.filter((sequence) => crossedBy(sequence, index + 1)).length / all.length,
    );
    const exact = exactCrossing(looks, thresholds);
    for (const [index, share] of counted.entries()) expect(exact[index]).toBeCloseTo(share, 12);
  });

  test('at a single look is the p-value', () => {
    expect(exactCrossing([8], [2 / 256])).toEqual([2 / 256]);
    expect(exactCrossing([8], [undefined])).toEqual([0]);
  });

  test('of the plans in use is within what they may spend, as far as can be followed in a test', () => {
    for (const { looks, slower, notSlower } of [UP_TO_24_PAIRS, UP_TO_40_PAIRS]) {
      const few = looks.slice(0, 3);
      expect(exactCrossing(few, slower).at(-1)).toBeLessThan(0.005 * (16 / 24) ** 1.5);
      expect(exactCrossing(few, notSlower).at(-1)).toBeLessThan(0.05 * (16 / 24) ** 1.5);
    }
  });

  test('agrees with sequences that are drawn', () => {
    const looks = [6, 10, 14];
    const thresholds = [0.05, 0.04, 0.03];
    const random = randomNumbers(5);
    const draws = 20_000;
    const crossed = Array.from({ length: draws }, () => {
      const sequence = Array.from({ length: 14 }, () => random() - 0.5);
      return looks.some((look, index) => signedRank(sequence.slice(0, look)) <= (thresholds[index] ?? -1));
    }).filter(Boolean).length;
    const exact = exactCrossing(looks, thresholds).at(-1) ?? 0;
    expect(Math.abs(crossed / draws - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / draws));
  });
});

describe('exact boundaries', () => {
  test('are those in use, up to the looks that a test can follow', () => {
    // A plan spends by the share of its own pairs: of 16 of 24 that is a power of 2/3.
    const looks = [8, 12, 16];
    const found = Object.values(BOUNDARY_ERRORS).map(({ error, spendingPower }) => {
      const spendable = error * (16 / 24) ** spendingPower;
      const { thresholds, spent } = exactSignedRankBoundaries({ looks, error: spendable, spendingPower });
      expect(spent.at(-1)).toBeLessThanOrEqual(spendable);
      return thresholds;
    });
    expect(found).toEqual([UP_TO_24_PAIRS.slower.slice(0, 3), UP_TO_24_PAIRS.notSlower.slice(0, 3)]);
  });

  test('are refused where the states are too many', () => {
    expect(() => exactCrossing([40], [0.01])).toThrow(RangeError);
  });
});
