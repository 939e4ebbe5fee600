import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { VERSION } from '../../src/base/version.ts';
import { calibrationSchema } from '../../src/result/schema/schema-calibration.ts';
import { comparisonSchema } from '../../src/result/schema/schema-comparison.ts';
import { analysisSchema, sessionSchema } from '../../src/result/schema/schema.ts';
import { about, compare } from '../support/compared.ts';
import { traceResult } from '../support/loads.ts';
import { sampleSession } from '../support/sample-session.ts';

test.each([
  ['session', sessionSchema],
  ['analysis', analysisSchema],
  ['comparison', comparisonSchema],
  ['calibration', calibrationSchema],
])('the schema that reads a %s converts to the JSON Schema that is published', (_, schema) => {
  expect(toJsonSchema(schema, { target: 'draft-07' })).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
  });
});

test('the published schema demands every part of a session', () => {
  const { required } = toJsonSchema(sessionSchema, { target: 'draft-07' });
  expect(required?.toSorted()).toEqual(Object.keys(sampleSession()).toSorted());
});

test('an analysis of a trace that holds nothing fits its schema', () => {
  const analysis = {
    schemaVersion: 1,
    kind: 'analysis',
    inpactVersion: VERSION,
    traces: [traceResult({ partial: { reason: 'malformed', atByte: 7 } })],
  };
  expect(v.parse(analysisSchema, analysis)).toEqual(analysis);
});

test('comparisons fit their schema, told or not', () => {
  const told = compare(about(200, 12, 1), about(300, 12, 2));
  const untold = compare(about(200, 1, 1), [undefined], { pairing: 'stored-baseline' });
  for (const comparison of [told, untold]) expect(v.parse(comparisonSchema, comparison)).toEqual(comparison);
  const { required } = toJsonSchema(comparisonSchema, { target: 'draft-07' });
  expect(required?.toSorted()).toEqual(Object.keys(told).toSorted());
});
