import { expect, test } from 'vitest';
import { editDistance, nearest } from '../../src/base/nearest.ts';

test.each([
  ['runs', 'runs', 0],
  ['run', 'runs', 1],
  ['cpuThrotle', 'cpuThrottle', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
])('from %j to %j it takes %i changes', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test('the most alike comes first, whatever its case', () => {
  expect(nearest('pixel5', ['Moto G4', 'iPhone 5', 'Pixel 5'], 1)).toEqual(['Pixel 5']);
  expect(nearest('INP', ['icp', 'inp', 'tbt'], 1)).toEqual(['inp']);
});

test('three are given, unless fewer are wanted or known', () => {
  const known = ['abcd', 'abxx', 'xxxx', 'abcx'];
  expect(nearest('abcd', known)).toEqual(['abcd', 'abcx', 'abxx']);
  expect(nearest('abcd', known, 2)).toEqual(['abcd', 'abcx']);
  expect(nearest('abcd', ['abxx'])).toEqual(['abxx']);
});
