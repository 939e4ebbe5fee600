import { expect, test } from 'vitest';
import { numberText } from '../../src/base/number-text.ts';

test('a number for people has its digits in groups of three', () => {
  expect([0, 999, 1000, 12_345.5, 1_234_567, -999, -1000].map((value) => numberText(value))).toEqual([
    '0',
    '999',
    '1,000',
    '12,346',
    '1,234,567',
    '-999',
    '-1,000',
  ]);
});

test('decimals are kept apart from the groups, and are there where they are 0', () => {
  expect(numberText(1795.04, 1)).toBe('1,795.0');
  expect(numberText(1234.567_89, 4)).toBe('1,234.5679');
});

test('what rounds to nothing has no sign', () => {
  expect([numberText(-0), numberText(-0.4), numberText(-0.04, 1), numberText(-0.06, 1)]).toEqual([
    '0',
    '0',
    '0.0',
    '-0.1',
  ]);
});
