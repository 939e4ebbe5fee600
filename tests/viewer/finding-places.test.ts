import { expect, test } from 'vitest';
import { findingPlaces } from '../../viewer/layout/finding-places.ts';
import { finding } from '../support/sample-findings.ts';

const { where } = finding();
const [place] = where.code;
const [request] = where.requests;

/** Of so much code and so many requests: how many are listed, and what is said of the others. */
function listed(code: number, requests: number): readonly [code: number, requests: number, more: string] {
  const rows = findingPlaces({
    where: {
      ...where,
      code: Array.from({ length: code }, () => place ?? []).flat(),
      requests: Array.from({ length: requests }, () => request ?? []).flat(),
    },
  });
  const count = (wanted: string): number => rows.filter(([name]) => name === wanted).length;
  return [count('Server code'), count('Request'), rows.find(([name]) => name === '')?.[1] ?? ''];
}

test.each([
  [1, 1, [1, 1, '']],
  [4, 4, [4, 4, '']],
  [0, 6, [0, 4, 'and 2 others']],
  [1, 8, [1, 4, 'and 4 others']],
  [5, 2, [4, 2, 'and 1 other']],
  [6, 7, [4, 4, 'and 5 others']],
])(
  'of %i places and %i requests four of each are listed, and the others counted',
  (code, requests, shown) => {
    expect(listed(code, requests)).toEqual(shown);
  },
);

test('a finding without a place has none', () => {
  const nowhere = { ...where, code: [], requests: [], sql: null, serverName: null };
  expect(findingPlaces({ where: nowhere })).toEqual([]);
});
