import { describe, expect, test } from 'vitest';
import { readBudget } from '../../src/budget/read-budget.ts';
import type { Limit } from '../../src/budget/budget.ts';

const read = (budget: unknown): readonly Limit[] => readBudget(JSON.stringify(budget), 'budget.json').limits;

const INP: Limit = {
  metric: 'inpMs',
  step: undefined,
  variant: undefined,
  max: 200,
  quantile: 'median',
  severity: 'error',
};

describe('a budget', () => {
  test('lists limits, by the name of a metric or by its key in the results', () => {
    expect(read({ limits: [{ metric: 'inp', max: 200 }] })).toEqual([INP]);
    expect(read({ limits: [{ metric: 'inpMs', max: 200 }] })).toEqual([INP]);
    expect(
      read({
        limits: [
          { metric: 'icp', max: 1000, step: 'search', variant: 'a', quantile: 'p75', severity: 'warn' },
        ],
      }),
    ).toEqual([
      { metric: 'icpMs', max: 1000, step: 'search', variant: 'a', quantile: 'p75', severity: 'warn' },
    ]);
  });

  test("takes Lighthouse CI's assertions, keyed by step", () => {
    expect(
      read({
        assertions: {
          inp: ['error', { maxNumericValue: 200 }],
          'interaction:add to cart/inp': ['warn', { maxNumericValue: 100, aggregationMethod: 'p75' }],
          'a/b/long-tasks': ['error', { maxNumericValue: 0 }],
          icp: 'off',
        },
      }),
    ).toEqual([
      INP,
      { ...INP, step: 'add to cart', max: 100, quantile: 'p75', severity: 'warn' },
      { ...INP, metric: 'longTaskCount', step: 'a/b', max: 0 },
    ]);
  });

  test.each([
    ['an unknown key', { limits: [{ metric: 'inp', max: 1, stpe: 'x' }] }, 'limits.0'],
    ['an unknown metric', { limits: [{ metric: 'lcp', max: 1 }] }, 'there is no metric “lcp”'],
    ['a negative limit', { limits: [{ metric: 'inp', max: -1 }] }, 'limits.0.max'],
    ['no limit at all', {}, 'it sets no limit'],
    [
      'the best of the runs',
      { assertions: { inp: ['error', { maxNumericValue: 1, aggregationMethod: 'optimistic' }] } },
      'takes one run for all',
    ],
  ])('is refused for %s', (_, budget, why) => {
    expect(() => read(budget)).toThrow(expect.objectContaining({ code: 'bad-budget' }));
    expect(() => read(budget)).toThrow(why);
  });

  test('that is no JSON is refused', () => {
    expect(() => readBudget('{', 'b.json')).toThrow(/^b\.json is no budget/);
  });

  test('cannot touch prototypes', () => {
    expect(() =>
      readBudget('{"assertions": {"__proto__/inp": ["error", {"maxNumericValue": 1}]}}', 'b.json'),
    ).not.toThrow();
    expect(({} as Record<string, unknown>)['inp']).toBeUndefined();
  });
});

test('a limit of the report’s size is of the session, and there is one', () => {
  const limit = { metric: 'report-size', max: 600 };
  expect(readBudget(JSON.stringify({ limits: [limit] }), 'b.json')).toEqual({
    limits: [],
    reportSize: { maxKb: 600, severity: 'error' },
  });
  expect(() => readBudget(JSON.stringify({ limits: [limit, limit] }), 'b.json')).toThrow(/twice/);
});
