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

test('each figure is its own, with whether it is over its limit', () => {
  const longTasks = { count: 2, totalBlockingTimeMs: 70, longestMs: 110, tasks: [] };
  const { metrics, notes } = checkTrace(
    { ...trace, longTasks },
    {
      limits: [
        limit('inpMs', 239),
        limit('inpMs', 240),
        limit('longestTaskMs', 109),
        limit('totalBlockingTimeMs', 70),
      ],
    },
  );
  expect(metrics.map(({ value, values, over, verdict }) => [value, values, over, verdict])).toEqual([
    [240, [240], 1, 'fail'],
    [240, [240], 0, 'pass'],
    [110, [110], 1, 'fail'],
    [70, [70], 0, 'pass'],
  ]);
  expect(notes).toEqual([
    'One trace was judged: another recording of the same page may be judged otherwise.',
  ]);
});

test('the processor time of an interaction is that of the one that INP tells of', () => {
  const inp = { ...interaction(240, 240), cpuMs: 90 };
  const { metrics } = checkTrace({ ...trace, inp }, { limits: [limit('interactionCpuMs', 80)] });
  expect(metrics).toMatchObject([{ value: 90, verdict: 'fail' }]);
});

test('the size of a report takes a session', () => {
  const { verdict, metrics } = checkTrace(trace, {
    limits: [],
    reportSize: { maxKb: 600, severity: 'error' },
  });
  expect(verdict).toBe('inconclusive');
  expect(metrics).toMatchObject([{ metric: 'reportSizeKb', value: unavailable('takes-a-session'), over: 0 }]);
});

test('what a trace does not tell is inconclusive, and never 0', () => {
  const judgement = checkTrace(trace, { limits: [limit('icpMs', 500), limit('loopBlockedMs', 10)] });
  expect(judgement.verdict).toBe('inconclusive');
  expect(judgement.metrics.map(({ value }) => value)).toEqual([
    unavailable('no-contentful-change'),
    unavailable('takes-a-session'),
  ]);
  expect(judgement.metrics.map(({ values, over }) => [values, over])).toEqual([
    [[], 0],
    [[], 0],
  ]);
});

test('a trace that was cut short says so, may be over its budget, and is never within', () => {
  const cut = { ...trace, partial: { reason: 'cut-short', atByte: 9 } } as const;
  const judged = (max: number): ReturnType<typeof checkTrace> =>
    checkTrace(cut, { limits: [limit('inpMs', max)] });
  expect(judged(500).notes.at(-1)).toBe('The trace is not whole: cut-short.');
  expect([judged(239).verdict, judged(240).verdict]).toEqual(['fail', 'inconclusive']);
  expect(judged(240).metrics[0]?.advice).toBe('The trace is not whole: record it anew.');
});
