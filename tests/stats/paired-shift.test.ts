import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pairedShift, signedRankDistribution } from '../../src/stats/paired-shift.ts';
import { seededRandom } from '../support/random.ts';

/** Whole numbers, so that means of two and their order are exact. */
const differences = (minLength: number, maxLength: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength, maxLength });

describe('the estimate', () => {
  test('is the median of the means of every two differences', () => {
    fc.assert(
      fc.property(differences(2, 12), (values) => {
        expect(pairedShift(values)?.estimate).toBe(middle(meansOfTwo(values)));
      }),
    );
  });

  test('is not moved far by one wild pair', () => {
    expect(pairedShift([10, 11, 12, 13, 14, 15, 100_000])?.estimate).toBeLessThan(16);
  });

  test('lies within its interval', () => {
    fc.assert(
      fc.property(differences(2, 15), (values) => {
        const { low, estimate, high } = known(pairedShift(values));
        expect(low).toBeLessThanOrEqual(estimate);
        expect(estimate).toBeLessThanOrEqual(high);
      }),
    );
  });

  test('there is none from fewer than two pairs', () => {
    expect(pairedShift([])).toBeUndefined();
    expect(pairedShift([12])).toBeUndefined();
  });
});

describe('the signed-rank distribution', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('of %i pairs is that of all assignments of signs', (pairs) => {
    expect(signedRankDistribution(pairs)).toEqual(overAllSigns(pairs));
  });

  test('sums to one and is symmetric for as many pairs as anybody records', () => {
    const distribution = signedRankDistribution(60);
    expect(distribution.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(distribution).toEqual(distribution.toReversed());
  });
});

describe('the interval', () => {
  test('of six pairs reaches from the smallest to the largest difference, at 96.875 %', () => {
    expect(pairedShift([3, 9, 4, 1, 7, 5])).toMatchObject({ low: 1, high: 9, confidence: 0.968_75 });
  });

  test('of five pairs has less than 95 % confidence, and says so', () => {
    expect(pairedShift([3, 9, 4, 1, 7])).toMatchObject({ low: 1, high: 9, confidence: 0.9375 });
  });

  test('leaves off as many averages as it may: those of exactly its share, too', () => {
    // Of five pairs 2 of 32 sums of ranks are 1 or less. In order the averages are 1, 1.5, 2 … 4, 4.5, 5.
    expect(pairedShift([1, 2, 3, 4, 5], 1 - 2 * (2 / 32))).toEqual({
      estimate: 3,
      low: 1.5,
      high: 4.5,
      confidence: 0.875,
    });
  });

  test('never claims less than was asked for from six pairs on', () => {
    for (let pairs = 6; pairs <= 40; pairs++) {
      const values = Array.from({ length: pairs }, (_, index) => index * index);
      expect(pairedShift(values)?.confidence).toBeGreaterThanOrEqual(0.95);
    }
  });

  test('holds exactly the shifts that the signed-rank test does not reject', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -500, max: 500 }), { minLength: 6, maxLength: 9 }),
        (values) => {
          const { low, high } = known(pairedShift(values));
          for (const shift of betweenNeighbours(meansOfTwo(values))) {
            expect(low < shift && shift < high).toBe(!isRejected(values, shift));
          }
        },
      ),
    );
  });

  test.each([
    ['six', 6],
    ['nine', 9],
    ['twenty', 20],
  ])('of %s pairs covers the true shift as often as it claims', (_, pairs) => {
    const repetitions = 3000;
    const random = seededRandom(20_261_123);
    const trueShift = 40;
    const results = Array.from({ length: repetitions }, () =>
      known(pairedShift(Array.from({ length: pairs }, () => trueShift + heavyTailed(random)))),
    );
    const covered = results.filter(({ low, high }) => low <= trueShift && trueShift <= high).length;
    const claimed = results[0]?.confidence ?? Number.NaN;
    const standardError = Math.sqrt((claimed * (1 - claimed)) / repetitions);
    expect(Math.abs(covered / repetitions - claimed)).toBeLessThan(4 * standardError);
  });

  test('of equal differences is that difference', () => {
    expect(pairedShift([5, 5, 5, 5, 5, 5])).toMatchObject({ estimate: 5, low: 5, high: 5 });
  });

  test('of ties around nothing holds nothing', () => {
    expect(pairedShift([0, 0, 0, 0, 1, -1, 0])).toMatchObject({ estimate: 0, low: -0.5, high: 0.5 });
  });
});

test('a shift of every pair shifts all three figures, and swapping the samples turns them around', () => {
  fc.assert(
    fc.property(differences(2, 12), fc.integer({ min: -100, max: 100 }), (values, by) => {
      const { estimate, low, high, confidence } = known(pairedShift(values));
      expect(pairedShift(values.map((value) => value + by))).toEqual({
        estimate: estimate + by,
        low: low + by,
        high: high + by,
        confidence,
      });
      // Adding 0 makes 0 of -0.
      const swapped = known(pairedShift(values.map((value) => -value)));
      expect([swapped.estimate + 0, swapped.low + 0, swapped.high + 0]).toEqual([
        0 - estimate,
        0 - high,
        0 - low,
      ]);
    }),
  );
});

test('the order of the pairs does not matter', () => {
  fc.assert(
    fc.property(differences(2, 12), (values) => {
      expect(pairedShift(values.toReversed())).toEqual(pairedShift(values));
    }),
  );
});

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('There should be a shift.');
  return value;
}

/** In order. */
function meansOfTwo(values: readonly number[]): readonly number[] {
  const means: number[] = [];
  for (let i = 0; i < values.length; i++) {
    for (let j = 0; j <= i; j++) means.push(((values[i] ?? 0) + (values[j] ?? 0)) / 2);
  }
  return means.toSorted((a, b) => a - b);
}

function middle(sorted: readonly number[]): number {
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const half = sorted.length / 2;
  return sorted.length % 2 === 0 ? (at(half - 1) + at(half)) / 2 : at(half - 0.5);
}

/** The probability of each sum of ranks: every rank from 1 to `pairs` counts, or does not. */
function overAllSigns(pairs: number): readonly number[] {
  const ways: number[] = Array.from({ length: (pairs * (pairs + 1)) / 2 + 1 }, () => 0);
  for (let signs = 0; signs < 2 ** pairs; signs++) {
    const sum = Array.from({ length: pairs }, (_, index) => ((signs >> index) & 1) * (index + 1)).reduce(
      (a, b) => a + b,
      0,
    );
    ways[sum] = (ways[sum] ?? 0) + 1;
  }
  return ways.map((count) => count / 2 ** pairs);
}

/** The two-sided test at 5 % of the hypothesis that the differences lie symmetrically around `shift`, by ranks. */
function isRejected(values: readonly number[], shift: number): boolean {
  const ranked = values
    .map((value) => value - shift)
    .toSorted((a, b) => Math.abs(a) - Math.abs(b))
    .map((value, index) => (value > 0 ? index + 1 : 0));
  const sum = ranked.reduce((a, b) => a + b, 0);
  const distribution = overAllSigns(values.length);
  const upTo = distribution.slice(0, sum + 1).reduce((a, b) => a + b, 0);
  const from = distribution.slice(sum).reduce((a, b) => a + b, 0);
  return Math.min(upTo, from) <= 0.025;
}

/** A point in each gap, and one beyond either end: where no two differences tie in their distance. */
function betweenNeighbours(sorted: readonly number[]): readonly number[] {
  const distinct = [...new Set(sorted)];
  const ends = [(distinct[0] ?? 0) - 1, (distinct.at(-1) ?? 0) + 1];
  const gaps = distinct.slice(1).map((value, index) => (value + (distinct[index] ?? 0)) / 2);
  return [...gaps, ...ends];
}

/** Symmetric around 0, as differences of equal variants are, with outliers as on a noisy machine. */
function heavyTailed(random: () => number): number {
  return (random() - 0.5) / Math.max(random(), 0.01);
}
