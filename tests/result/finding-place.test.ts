import { expect, test } from 'vitest';
import { placeWords } from '../../src/result/words/finding-place.ts';
import type { FindingPlaces } from '../../src/result/findings-result.ts';

const NOWHERE: FindingPlaces = { code: [], requests: [], sql: null, serverName: null, target: null };
const CODE = {
  side: 'page',
  functionName: '',
  url: 'https://shop.test/js/app.js?v=7',
  line: 12,
  column: 3,
} as const;
const REQUEST = { request: 0, method: 'GET', url: 'https://shop.test/api/orders?page=[1 characters]' };

test('a place is the function with its file and line', () => {
  expect(placeWords({ ...NOWHERE, code: [{ ...CODE, functionName: 'show' }] })).toEqual([
    'show (js/app.js:12)',
  ]);
  expect(placeWords({ ...NOWHERE, code: [CODE] })).toEqual(['js/app.js:12']);
  expect(placeWords({ ...NOWHERE, code: [{ ...CODE, line: null }] })).toEqual(['js/app.js']);
});

test('a query is cut to what fits a line', () => {
  expect(placeWords({ ...NOWHERE, sql: `SELECT ${'a'.repeat(100)}` })).toEqual([
    `“SELECT ${'a'.repeat(53)}…”`,
  ]);
});

test('where there is neither, the server’s name for it or the request has to do', () => {
  expect(placeWords({ ...NOWHERE, requests: [REQUEST], serverName: '/orders' })).toEqual(['/orders']);
  expect(placeWords({ ...NOWHERE, requests: [REQUEST] })).toEqual(['GET /api/orders']);
  expect(placeWords(NOWHERE)).toEqual([]);
});
