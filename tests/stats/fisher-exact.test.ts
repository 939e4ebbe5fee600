import { expect, test } from 'vitest';
import { fisherExact } from '../../src/stats/fisher-exact.ts';
import { GOLDEN } from './golden/values.ts';

test("Fisher's exact test agrees with SciPy", () => {
  expect(GOLDEN.fisher).toHaveLength(200);
  for (const { counts, ofs, p } of GOLDEN.fisher) {
    const share = (index: number) => ({ count: counts[index] ?? 0, of: ofs[index] ?? 0 });
    expect(fisherExact(share(0), share(1))).toBeCloseTo(p, 9);
  }
});

test('two shares of nothing do not differ', () => {
  expect(fisherExact({ count: 0, of: 0 }, { count: 0, of: 0 })).toBe(1);
});
