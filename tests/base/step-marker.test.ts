import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStepMarker, stepMarker } from '../../src/base/step-marker.ts';

test('a step’s mark is read back as it was written', () => {
  fc.assert(
    fc.property(
      fc.record({
        index: fc.nat(999_999),
        repetition: fc.nat(999_999),
        edge: fc.constantFrom('begin', 'end'),
      }),
      (marker) => {
        expect(parseStepMarker(stepMarker(marker))).toEqual(marker);
      },
    ),
  );
});

test('a step that runs once has a mark without a repetition', () => {
  expect(stepMarker({ index: 3, repetition: 0, edge: 'begin' })).toBe('inpact:step:3:begin');
});

test.each([
  '',
  'inpact:step:1.:begin',
  'inpact:step:1.-1:begin',
  'inpact:step:1:middle',
  'inpact:step:-1:begin',
  'inpact:step::end',
  'x inpact:step:1:end',
  'inpact:step:1:end\n',
])('%j is not a step’s mark', (name) => {
  expect(parseStepMarker(name)).toBeUndefined();
});
