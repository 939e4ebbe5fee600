import { describe, expect, test } from 'vitest';
import { pairDots } from '../../cli/output/pair-dots.ts';
import type { ComparedPair } from '../../src/index.ts';

const pair = (base: number, changed: number, counts = true): ComparedPair => ({
  round: 0,
  baseFirst: true,
  base,
  changed,
  counts,
});

describe('pairs as dots', () => {
  test('lie on a scale with no change in its middle, which the farthest fills', () => {
    expect(pairDots([pair(100, 200), pair(100, 50), pair(100, 50)])).toBe(
      `-50 % [•${' '.repeat(15)}|${' '.repeat(15)}·] +100 %`,
    );
  });

  test('are larger where several lie in one place', () => {
    const four = Array.from({ length: 4 }, () => pair(100, 100));
    expect(pairDots(four)).toBe(`-5 % [${' '.repeat(16)}●${' '.repeat(16)}] +5 %`);
  });

  test('are only those that count and have a ratio', () => {
    expect(pairDots([pair(100, 900, false), pair(0, 100), pair(100, 0)])).toBeUndefined();
    expect(pairDots([pair(100, 900, false), pair(100, 100)])).toContain('+5 %');
  });
});
