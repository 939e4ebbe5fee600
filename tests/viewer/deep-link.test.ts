import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkText, parseLink } from '../../viewer/layout/deep-link.ts';

test('a link comes back as it was written', () => {
  const link = { load: 'sync-backed 3&x', interaction: 7846, shown: { startMs: -1.5, endMs: 250.125 } };
  expect(parseLink(linkText(link))).toEqual(link);
  expect(parseLink(linkText({}))).toEqual({});
});

test.each([
  ['#claims', {}],
  ['#i=abc&t=5', {}],
  ['#i=1e999', {}],
  ['#t=9~3', {}],
  ['#t=0~Infinity', {}],
  ['#i=12&t=<img>~2', { interaction: 12 }],
])('of %s only what makes sense is taken', (hash, link) => {
  expect(parseLink(hash)).toEqual(link);
});

test('whatever stands in the address, it is read', () => {
  fc.assert(
    fc.property(fc.string(), (hash) => {
      expect(() => parseLink(hash)).not.toThrow();
    }),
  );
});
