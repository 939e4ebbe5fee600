import { expect, test } from 'vitest';
import { failsAlike } from '../../src/capture/session/fails-alike.ts';
import type { Load } from '../../src/result/load.ts';
import type { LoadProblemCode } from '../../src/result/load-problems.ts';

type Ended = Pick<Load, 'status' | 'problems'>;

const FIT: Ended = { status: 'valid', problems: [] };
const unfit = (...codes: readonly LoadProblemCode[]): Ended => ({
  status: 'invalid',
  problems: codes.map((code) => ({ code, message: `It is ${code}.` })),
});
const times = (count: number, load: Ended): readonly Ended[] => Array.from({ length: count }, () => load);

const MISSING = unfit('element-not-found');
const REFUSED = unfit('page-error-status', 'element-not-found');

test('five loads that fail alike tell what none gets past', () => {
  expect(failsAlike(times(5, MISSING))).toEqual(MISSING.problems[0]);
  expect(failsAlike([...times(3, REFUSED), ...times(5, MISSING)])).toEqual(MISSING.problems[0]);
});

test.each([
  ['four do not', times(4, MISSING)],
  ['nor do five of which one fails otherwise', [...times(2, MISSING), REFUSED, ...times(2, MISSING)]],
  [
    'nor five whose first problem is another, though they share one',
    [...times(3, REFUSED), ...times(2, MISSING)],
  ],
  ['nor any number once one was fit', [FIT, ...times(9, MISSING)]],
  ['nor what is the machine’s, which may come to rest', times(9, unfit('host-busy'))],
  ['nor none', []],
])('%s', (_, loads) => {
  expect(failsAlike(loads)).toBeUndefined();
});
