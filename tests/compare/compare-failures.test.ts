import { expect, test } from 'vitest';
import { compareFailures } from '../../src/compare/compare-failures.ts';

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
