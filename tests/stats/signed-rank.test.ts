import { array, assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signedRank } from '../../src/stats/signed-rank.ts';
import { GOLDEN } from './golden/values.ts';

describe('the signed-rank test', () => {
  test('agrees with SciPy where sizes are equal or zero', () => {
    expect(GOLDEN.tied).toHaveLength(1000);
    for (const { differences, p } of GOLDEN.tied) expect(signedRank(differences)).toBeCloseTo(p, 12);
  });

  test('agrees with SciPy on up to forty pairs', () => {
    expect(GOLDEN.untied).toHaveLength(200);
    for (const { differences, p } of GOLDEN.untied) expect(signedRank(differences)).toBeCloseTo(p, 10);
  });

  test('agrees with counting all signs', () => {
    const small = array(integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 9 });
    assert(
      property(small, (differences) => {
        expect(signedRank(differences)).toBeCloseTo(byCountingSigns(differences), 12);
      }),
    );
  });

  test('says 1 where no pair differs, or there is none', () => {
    expect(signedRank([0, 0, 0])).toBe(1);
    expect(signedRank([])).toBe(1);
  });

  test('takes logarithms of equal ratios as equal', () => {
    const ratio = Math.log(1.1);
    expect(signedRank([ratio, ratio + 1e-16, -ratio])).toBe(signedRank([1, 1, -1]));
  });

  test('eight pairs that all are slower are as unlikely as eight heads', () => {
    expect(signedRank([1, 2, 3, 4, 5, 6, 7, 8])).toBe(1 / 256);
  });
});

/** The definition: of all ways to set the signs, how many give as large a sum of positive ranks. */
function byCountingSigns(differences: readonly number[]): number {
  const sizes = differences.filter((difference) => difference !== 0).map(Math.abs);
  const rank = (size: number): number =>
    sizes.filter((other) => other < size).length + (sizes.filter((other) => other === size).length + 1) / 2;
  const observed = differences
    .filter((difference) => difference > 0)
    .reduce((sum, size) => sum + rank(size), 0);
  const ways = 2 ** sizes.length;
  const sumOf = (way: number): number =>
    sizes.reduce((sum, size, index) => sum + ((way >> index) & 1) * rank(size), 0);
  return Array.from({ length: ways }, (_, way) => sumOf(way)).filter((sum) => sum >= observed).length / ways;
}
