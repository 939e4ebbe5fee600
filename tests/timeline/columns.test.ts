import { describe, expect, test } from 'vitest';
import { Column } from '../../src/timeline/columns.ts';

/** A column of 0, 1, 2, … */
function counting(count: number): Column {
  const column = new Column();
  for (let value = 0; value < count; value++) column.push(value);
  return column;
}

// It begins with 1,024 places, and is a list of blocks of 16,384 from there on.
describe.each([0, 1, 1_024, 1_025, 16_384, 16_385, 40_000])('a column of %i values', (count) => {
  test('keeps each of them in its place', () => {
    const column = counting(count);
    const places = Array.from({ length: count }, (_, place) => place);
    expect(column.length).toBe(count);
    expect(places.filter((place) => column.at(place) !== place)).toEqual([]);
    expect([...column.toArray()]).toEqual(places);
  });

  test('has none beyond its end', () => {
    const column = counting(count);
    expect([column.at(count), column.at(count + 16_384)]).toEqual([Number.NaN, Number.NaN]);
  });
});

test.each([1, 16_384, 16_385])('the last of %i values can be changed, and no other is', (count) => {
  const column = counting(count);
  column.setLast(-1);
  expect([column.length, column.at(count - 1)]).toEqual([count, -1]);
  expect(column.at(count - 2)).toBe(count === 1 ? Number.NaN : count - 2);
});

test('a column without values has no last one to change', () => {
  const column = new Column();
  column.setLast(-1);
  column.push(5);
  expect([...column.toArray()]).toEqual([5]);
});

test('a copy stays as it was', () => {
  const column = counting(3);
  const copy = column.toArray();
  column.setLast(-1);
  expect([...copy]).toEqual([0, 1, 2]);
});
