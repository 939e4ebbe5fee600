import { expect, test } from 'vitest';
import { mayBeTo } from '../../src/capture/load/may-be-to.ts';
import { redactText } from '../../src/redact/redact-text.ts';

const SENT = 'https://shop.test/api/search?q=shoes&page=2#top';
const KEPT = redactText(SENT);

test.each([
  '/api/search',
  '/api/search?q=shoes',
  '?q=sho',
  '?q=shoes&page=2',
  '?q=*&page=2',
  'q=shoes',
  'shoes',
  'shop.test/*?q=sh*&page=2#top',
])('%s occurs in an address that is kept without its values', (pattern) => {
  expect(KEPT).toBe('https://shop.test/api/search?q=[5 characters]&page=[1 characters]#[3 characters]');
  expect(mayBeTo(KEPT, pattern)).toBe(true);
  expect(mayBeTo(SENT, pattern)).toBe(true);
});

test.each([
  '/api/basket',
  '/search/',
  '?q=sneakers',
  '?q=shoes&page=22',
  '?q=shoe&page=2',
  '?p=shoes',
  'a=b&c',
  '/a.b',
])('%s does not, whatever the values are', (pattern) => {
  expect(mayBeTo(KEPT, pattern)).toBe(false);
});

test('what a page holds itself is no request to what it may contain', () => {
  const kept = redactText('data:image/svg+xml,%3Csvg%20class=shoes%3E');
  expect(kept).toMatch(/^data:image\/svg\+xml,\[\d+ characters\]$/);
  expect(mayBeTo(kept, 'shoes')).toBe(false);
});

test('a value of any length may hold what is asked for', () => {
  const kept = redactText(`https://shop.test/?ids=${'1,'.repeat(9_000)}`);
  expect(kept).toBe('https://shop.test/?ids=[18000 characters]');
  expect(mayBeTo(kept, '?ids=1,1')).toBe(true);
});

test.each(['/orders/4f9c2ab7d0e15583aa21/items', '/of/ada@shop.test/items?q=1'])(
  'what the path of %s has lost is no reason to miss it',
  (path) => {
    const kept = redactText(`https://shop.test${path}`, 'strict');
    expect(kept).not.toContain(path);
    expect(mayBeTo(kept, path)).toBe(true);
  },
);
