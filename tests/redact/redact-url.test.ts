import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactUrl } from '../../src/redact/redact-url.ts';

test.each([
  ['an address without secrets', 'https://page.test/a/b.js', 'https://page.test/a/b.js'],
  ['a port', 'http://localhost:8080/', 'http://localhost:8080/'],
  ['a user and a password', 'https://me:secret@page.test/x', 'https://page.test/x'],
  ['a token as user', 'https://secret@page.test', 'https://page.test'],
  ['an at sign in a password', 'https://me:se@cret@page.test/x', 'https://page.test/x'],
  ['an at sign in the path', 'https://page.test/@me/x', 'https://page.test/@me/x'],
  ['the value of a query', 'https://page.test/?token=secret', 'https://page.test/?token=[6 characters]'],
  [
    'several values',
    'https://page.test/?a=1&b=secret',
    'https://page.test/?a=[1 characters]&b=[6 characters]',
  ],
  ['a value with an equals sign', 'https://page.test/?a=b=c', 'https://page.test/?a=[3 characters]'],
  ['an empty value', 'https://page.test/?a=&b', 'https://page.test/?a=&[1 characters]'],
  ['a query that is all secret', 'https://page.test/?c2VjcmV0', 'https://page.test/?[8 characters]'],
  ['a fragment', 'https://page.test/x#access_token=secret', 'https://page.test/x#[19 characters]'],
  ['a question mark in the fragment', 'https://page.test/#a?b=secret', 'https://page.test/#[10 characters]'],
  ['a query without a path', 'https://page.test?t=secret', 'https://page.test?t=[6 characters]'],
  ['an at sign in the query', 'https://page.test/?mail=a@b.test', 'https://page.test/?mail=[8 characters]'],
  ['an empty query and fragment', 'https://page.test/?#', 'https://page.test/?#[0 characters]'],
  ['another scheme', 'blob:https://page.test/1-2', 'blob:https://page.test/1-2'],
  [
    'a value in the path',
    'https://shop.test/cart;id=0A1B;v/2',
    'https://shop.test/cart;id=[4 characters];v/2',
  ],
  [
    'a document',
    'data:text/html;charset=utf-8,<p>secret, too',
    'data:text/html;charset=utf-8,[14 characters]',
  ],
  ['a document of a kind that is none', 'data:secret', 'data:[6 characters]'],
  ['what was redacted', 'data:image/png;base64,[14 characters]', 'data:image/png;base64,[14 characters]'],
  ['a program', "javascript:login('secret')", 'javascript:[15 characters]'],
  ['no address', 'index.js', 'index.js'],
])('%s', (_, address, redacted) => {
  expect(redactUrl(address)).toBe(redacted);
});

test('a very long address is cut', () => {
  expect(redactUrl(`https://page.test/${'x'.repeat(1_000_000)}`)).toHaveLength(2_000);
});

test('no secret survives, wherever an address can hold one', () => {
  const secret = 'SECRET';
  const word = fc.stringMatching(/^[a-z0-9@:?&=;/]{0,8}$/);
  fc.assert(
    fc.property(word, word, word, (a, b, c) => {
      const user = a.replaceAll(/[/?]/g, '');
      const redacted = redactUrl(
        `https://${user}${secret}@page.test/p?${b.replaceAll('=', '')}=${secret}&${secret}#${c}${secret}`,
      );
      expect(redacted).not.toContain(secret);
      expect(redacted.startsWith('https://page.test/p?')).toBe(true);
    }),
    { seed: 1, numRuns: 1_000 },
  );
});

test("what Puppeteer runs in a page does not name its caller's file", () => {
  const address = 'pptr:evaluate;pointAt%20(file%3A%2F%2F%2Fhome%2Fme%2Fsecret%2Fuser.js%3A12%3A3)';
  expect(redactUrl(address)).toBe('pptr:evaluate');
});
