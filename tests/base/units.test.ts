import { expect, test } from 'vitest';
import { between, fromMs, later, type Micro, micro, toMs, traceTime } from '../../src/base/units.ts';

test('a length leaves as milliseconds with whole microseconds as decimals', () => {
  expect(toMs(micro(16_048))).toBe(16.048);
  expect(toMs(micro(16_048.4))).toBe(16.048);
  expect(fromMs(0.05)).toBe(50);
});

test('the time between an instant and a later one is what it is later by', () => {
  const start = traceTime(81_234_567_890);
  expect(between(start, later(start, micro(250)))).toBe(250);
});

test('an instant and a length are different things', () => {
  // @ts-expect-error a length is not an instant.
  between(micro(1), traceTime(2));
  // @ts-expect-error an instant is not a length.
  const length: Micro = traceTime(3);
  expect(length).toBe(3);
});
