import { expect, test } from 'vitest';
import { compareFailures, failsOnOneSide } from '../../src/compare/compare-failures.ts';

// Fisher's exact test gives 0.0497, 0.0502, 0.0098 and 0.0100(3) for these.
test.each([
  [24, 5, 'open'],
  [25, 5, 'alike'],
  [26, 7, 'fails-more'],
  [27, 7, 'open'],
])('of %i loads of each version %i of the changed one were unfit: %s', (loads, unfit, finding) => {
  const base = { name: 'base', description: '', loads, unfit: 0 };
  expect(compareFailures(base, { ...base, name: 'changed', unfit })).toMatchObject({ finding });
});

test.each([
  [8, 0, 8, true],
  [8, 8, 0, true],
  // What one fit load, or one that failed on the other side, leaves open.
  [8, 0, 7, false],
  [8, 1, 8, false],
  [8, 8, 8, false],
  [8, 0, 0, false],
  [7, 0, 7, false],
])(
  'of %i loads each, %i and %i unfit: one side always fails, and the other never: %s',
  (loads, base, changed, fails) => {
    const side = { name: '', description: '', loads };
    expect(failsOnOneSide({ base: { ...side, unfit: base }, changed: { ...side, unfit: changed } })).toBe(
      fails,
    );
  },
);

test('a round that is half recorded is waited for', () => {
  const side = { name: '', description: '', unfit: 0 };
  expect(failsOnOneSide({ base: { ...side, loads: 7 }, changed: { ...side, loads: 8, unfit: 8 } })).toBe(
    false,
  );
});
