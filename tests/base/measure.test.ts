import { expect, test } from 'vitest';
import { isUnavailable, unavailable } from '../../src/base/measure.ts';

test('a figure is available, also when it is 0', () => {
  expect(isUnavailable(0)).toBe(false);
});

test('a reason is not a figure', () => {
  expect(isUnavailable(unavailable('no-request'))).toBe(true);
});

test('an object that means something else is available', () => {
  expect([null, undefined, {}, [], 'unavailable'].some(isUnavailable)).toBe(false);
});
