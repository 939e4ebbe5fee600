import { expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { Limit } from '../../src/budget/budget.ts';
import { checkTrace } from '../../src/budget/check-trace.ts';
import { interaction, traceResult } from '../support/loads.ts';

const limit = (metric: Limit['metric'], max: number): Limit => ({
  metric,
  max,
  step: undefined,
  variant: undefined,
  quantile: 'median',
  severity: 'error',
});

const trace = traceResult({ inp: interaction(240, unavailable('no-contentful-change')) });

test('a trace is judged by its own figures', () => {
  expect(checkTrace(trace, { limits: [limit('inpMs', 239.9)] }).verdict).toBe('fail');
  expect(checkTrace(trace, { limits: [limit('inpMs', 240)] }).verdict).toBe('pass');
  expect(checkTrace(trace, { limits: [limit('longTaskCount', 0)] }).verdict).toBe('pass');
});

test('what a trace does not tell is inconclusive, and never 0', () => {
  const judgement = checkTrace(trace, { limits: [limit('icpMs', 500), limit('loopBlockedMs', 10)] });
  expect(judgement.verdict).toBe('inconclusive');
  expect(judgement.metrics.map(({ value }) => value)).toEqual([
    unavailable('no-contentful-change'),
    unavailable('takes-a-session'),
  ]);
});

test('a trace that was cut short says so', () => {
  const cut = { ...trace, partial: { reason: 'cut-short', atByte: 9 } } as const;
  expect(checkTrace(cut, { limits: [limit('inpMs', 500)] }).notes.at(-1)).toBe(
    'The trace is not whole: cut-short.',
  );
});
