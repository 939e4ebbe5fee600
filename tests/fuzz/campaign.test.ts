import { expect, test } from 'vitest';
import { inputOf } from './case.ts';
import { readSeeds } from './seeds.ts';

const seeds = readSeeds();

test('a case is the same whenever it is made, with or without those before it', () => {
  const alone = inputOf(seeds, 7, 41);
  inputOf(seeds, 7, 40);
  expect(inputOf(seeds, 7, 41)).toEqual(alone);
});

test('no two neighbouring cases are alike, nor the same case of two campaigns', () => {
  const inputs = [inputOf(seeds, 7, 41), inputOf(seeds, 7, 42), inputOf(seeds, 8, 41)];
  expect(new Set(inputs.map((input) => new TextDecoder().decode(input))).size).toBe(3);
});

test('seeds are small, whole JSON, and hold what the user did', () => {
  for (const { name, events } of seeds) {
    const text = `[${events.join(',')}]`;
    expect(text.length, name).toBeLessThan(16 * 1024);
    expect(JSON.parse(text), name).toHaveLength(events.length);
    expect(text, name).toMatch(/"interactionId":[1-9]/);
  }
});
