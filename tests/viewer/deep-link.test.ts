import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkText, parseLink } from '../../viewer/layout/deep-link.ts';
import { interactionIndex } from '../../viewer/layout/named-interaction.ts';

test('a link comes back as it was written', () => {
  const interaction = { interactionId: 7846, startMs: 1036.25 };
  const link = { load: 'sync-backed 3&x', interaction, shown: { startMs: -1.5, endMs: 250.125 } };
  expect(parseLink(linkText(link))).toEqual(link);
  expect(parseLink(linkText({}))).toEqual({});
  expect(parseLink(linkText({ interaction: { interactionId: 7 } }))).toEqual({
    interaction: { interactionId: 7 },
  });
});

test.each([
  ['#claims', {}],
  ['#i=abc&t=5', {}],
  ['#i=1e999', {}],
  ['#t=9~3', {}],
  ['#t=0~Infinity', {}],
  ['#i=12&t=<img>~2', { interaction: { interactionId: 12 } }],
  ['#i=12~<img>', { interaction: { interactionId: 12 } }],
  ['#i=~3', {}],
])('of %s only what makes sense is taken', (hash, link) => {
  expect(parseLink(hash)).toEqual(link);
});

test('of two interactions that documents gave the same id that is meant which began then', () => {
  const interactions = [
    { interactionId: 4213, startMs: 100 },
    { interactionId: 7, startMs: 1036 },
    { interactionId: 4213, startMs: 1036.2 },
  ];
  expect(interactionIndex(interactions, { interactionId: 4213, startMs: 1036.2003 })).toBe(2);
  expect(interactionIndex(interactions, { interactionId: 4213, startMs: 100 })).toBe(0);
  expect(interactionIndex(interactions, { interactionId: 4213 })).toBe(0);
  expect(interactionIndex(interactions, { interactionId: 8, startMs: 100 })).toBeUndefined();
});

test('whatever stands in the address, it is read', () => {
  fc.assert(
    fc.property(fc.string(), (hash) => {
      expect(() => parseLink(hash)).not.toThrow();
    }),
  );
});
