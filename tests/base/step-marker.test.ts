import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStepMarker, stepMarker } from '../../src/base/step-marker.ts';

test('a step’s mark is read back as it was written', () => {
  fc.assert(
    fc.property(fc.nat(999_999), fc.constantFrom('begin', 'end'), (index, edge) => {
      expect(parseStepMarker(stepMarker(index, edge))).toEqual({ index, edge });
    }),
  );
});

test.each([
  '',
  'inpact:step:1:middle',
  'inpact:step:-1:begin',
  'inpact:step::end',
  'x inpact:step:1:end',
  'inpact:step:1:end\n',
])('%j is not a step’s mark', (name) => {
  expect(parseStepMarker(name)).toBeUndefined();
});
