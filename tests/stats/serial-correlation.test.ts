import { expect, test } from 'vitest';
import { randomNumbers } from '../../src/base/random.ts';
import { serialCorrelation } from '../../src/stats/serial-correlation.ts';

test('values that rise hang together with the ones before them', () => {
  const found = serialCorrelation([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(found?.lag1).toBe(0.75);
  expect(found?.p).toBeLessThan(0.001);
});

test('values that alternate do the other way', () => {
  const found = serialCorrelation([1, 10, 2, 11, 3, 12, 4, 13, 5, 14, 6, 15]);
  expect(found?.lag1).toBeLessThan(-0.4);
  expect(found?.p).toBeGreaterThan(0.5);
});

test('of ten values the likelihood is that of the normal approximation', () => {
  // Variance 4·8·(500 − 20 − 9) / (5·10·11·81) = 0.338316, spread of the ranks 82.5.
  // Rising: squared steps sum to 9, z = (2 − 9/82.5) / 0.581649 = 3.250944, whose tail is 0.000575.
  expect(serialCorrelation([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])?.p).toBeCloseTo(0.000_575, 6);
  // Alternating: 5·25 + 4·16 = 189, z = (2 − 189/82.5) / 0.581649 = −0.500145, below which is 0.308486.
  expect(serialCorrelation([1, 6, 2, 7, 3, 8, 4, 9, 5, 10])?.p).toBeCloseTo(1 - 0.308_486, 5);
});

test('of values in an order that means nothing one in twenty seems to hang together at 5 %', () => {
  const random = randomNumbers(11);
  const samples = Array.from({ length: 4000 }, () => Array.from({ length: 20 }, random));
  const share =
    samples.filter((values) => (serialCorrelation(values)?.p ?? 1) <= 0.05).length / samples.length;
  expect(share).toBeGreaterThan(0.035);
  expect(share).toBeLessThan(0.065);
});

test('nothing is said of few values, or of equal ones', () => {
  expect(serialCorrelation([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBeUndefined();
  expect(serialCorrelation(Array.from({ length: 12 }, () => 4))).toBeUndefined();
});
