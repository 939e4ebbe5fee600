import { describe, expect, test } from 'vitest';
import { findingRowsText, findingText, notLookedAtInSession } from '../../cli/output/finding-text.ts';
import type { FindingRow, InsightOutcome } from '../../src/index.ts';
import { loadOf, traceResult } from '../support/loads.ts';
import { finding } from '../support/sample-findings.ts';

const outcome = (reason: 'no-interactions' | 'no-server-trace'): InsightOutcome => ({
  id: 'not-awaited',
  status: 'unavailable',
  reason,
});

describe('what users waited for in a trace', () => {
  test('is cut to five, but never what takes no time, which comes last', () => {
    const many = Array.from({ length: 7 }, (_, index) => finding({ explainsMs: 100 - index }));
    const told = findingText([...many, finding({ explainsMs: 0, title: 'A coroutine was not awaited' })], []);
    expect(told.filter((line) => line.includes(' ms  '))).toHaveLength(6);
    expect(told.join('\n')).toContain('A coroutine was not awaited');
    expect(told).toContain('  … and 2 more (--json lists all)');
    expect(findingText(many.slice(0, 6), []).at(-1)).toBe('  … and 1 more (--json lists all)');
  });

  test('is not unknown where nobody did anything', () => {
    expect(findingText([], [outcome('no-interactions')])).toEqual([]);
    expect(findingText([], [outcome('no-server-trace')])).toEqual([
      'Not known (no-server-trace): not-awaited',
    ]);
  });
});

const insights = (status: 'clear' | 'unavailable'): readonly InsightOutcome[] => [
  status === 'clear'
    ? { id: 'not-awaited', status }
    : { id: 'not-awaited', status, reason: 'no-server-trace' },
];

test('what some loads of a session could look at is not unknown', () => {
  const loads = (['clear', 'unavailable'] as const).map((status, round) =>
    loadOf([], { variant: 'a', round, trace: traceResult({ insights: insights(status) }) }),
  );
  expect(notLookedAtInSession({ loads })).toEqual([]);
  expect(notLookedAtInSession({ loads: loads.slice(1) })).toHaveLength(1);
});

const row = (change: Partial<FindingRow> = {}): FindingRow => ({
  variant: 'sync',
  step: 'click',
  id: 'synchronous-query-on-event-loop',
  runs: 5,
  ofRuns: 6,
  recurs: true,
  explainsMs: { median: 150, min: 140, max: 160, runs: 5, values: [] },
  example: finding(),
  exampleLoad: 'a',
  ...change,
});

describe('what recurs in a session', () => {
  test('is cut to three of each step and variant, and what is seldom is counted', () => {
    const rows = [
      ...Array.from({ length: 5 }, () => row()),
      row({ recurs: false }),
      row({ variant: 'async' }),
    ];
    const lines = findingRowsText(rows);
    expect(lines.filter((line) => line.includes('(5/6)'))).toHaveLength(4);
    expect(lines.filter((line) => line.startsWith('click, '))).toEqual(['click, sync', 'click, async']);
    expect(lines.at(-1)).toBe('1 more in fewer loads: the report and session.json have them.');
  });

  test('says nothing of seldom ones where there are none, and nothing at all where nothing recurs', () => {
    expect(findingRowsText([row()]).at(-1)).toContain('(5/6)');
    expect(findingRowsText([row({ recurs: false })])).toEqual([]);
  });

  test('has no place where none is known', () => {
    const nowhere = { code: [], requests: [], sql: null, serverName: null, target: null };
    const [, , line] = findingRowsText([row({ example: finding({ where: nowhere, evidence: 'inferred' }) })]);
    expect(line).toMatch(/\(5\/6, inferred\)$/);
  });
});
