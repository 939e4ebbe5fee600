import { describe, expect, test } from 'vitest';
import type { JudgementView } from '../../cli/output/judgement-view.ts';
import { judgementGithub } from '../../cli/output/judgement-github.ts';
import type { FindingRow, JudgedMetric } from '../../src/index.ts';
import { judgedMetric, viewOfMetric } from '../support/judged.ts';
import { finding } from '../support/sample-findings.ts';

/** It begins 90 ms after the input, in code of the page. */
const row = (median: number, change: Partial<FindingRow> = {}): FindingRow => ({
  variant: 'shop',
  step: 'search',
  id: 'forced-reflow',
  runs: 9,
  ofRuns: 10,
  recurs: true,
  explainsMs: { median, min: median, max: median, runs: 9, values: [median] },
  example: finding({
    title: 'A script forced style and layout',
    interactionStartMs: 10,
    startMs: 100,
    where: {
      code: [{ side: 'page', functionName: 'seen', url: 'http://a.test/vendor/a.js', line: 2, column: 1 }],
      requests: [],
      sql: null,
      serverName: null,
      target: null,
    },
  }),
  exampleLoad: 'shop-1',
  ...change,
});

const view = (findings: readonly FindingRow[], change: Partial<JudgedMetric> = {}): JudgementView =>
  viewOfMetric(judgedMetric({ metric: 'icpMs', value: 300, values: [300], ...change }), findings);
const told = (...args: Parameters<typeof view>): string | null | undefined =>
  view(...args).entries[0]?.advice;

describe('what is over its budget is told with what takes the time', () => {
  test('the most of what recurs in its step, and the line', () => {
    const rows = [
      row(40),
      row(120),
      row(500, { recurs: false }),
      row(600, { step: 'other' }),
      row(700, { variant: 'b' }),
    ];
    expect(told(rows)).toBe(
      'A script forced style and layout, seen (vendor/a.js:2): 120 ms, in 9 of 10 runs.',
    );
    expect(judgementGithub(view(rows))).toMatch(
      /,file=vendor\/a\.js,line=2::It is too slow\. A script forced/,
    );
  });

  test('for INP only what begins before the paint that it ends with', () => {
    expect(told([row(120)], { metric: 'inpMs', value: 91 })).toContain('120 ms');
    expect(told([row(120)], { metric: 'inpMs', value: 90 })).toBeNull();
  });

  test.each([
    ['what keeps it', { verdict: 'pass' }],
    ['a figure that is no wait of a user’s', { metric: 'reportSizeKb' }],
    ['a figure that could not be had', { value: { unavailable: 'not-recorded' } }],
  ] as const)('not %s', (_, change) => {
    expect(told([row(120)], change)).toBeNull();
  });

  test('what is not certain keeps its own advice', () => {
    expect(told([row(120)], { verdict: 'inconclusive', advice: 'Record more.' })).toBe('Record more.');
  });
});
