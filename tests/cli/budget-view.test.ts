import { describe, expect, test } from 'vitest';
import type { JudgementView } from '../../cli/output/judgement-view.ts';
import type { JudgedMetric } from '../../src/index.ts';
import { judgedMetric, viewOfMetric } from '../support/judged.ts';

const viewOf = (change?: Partial<JudgedMetric>): JudgementView => viewOfMetric(judgedMetric(change));

describe('what a budget’s check shows', () => {
  test('is where, what, how much of how much, and in how many runs', () => {
    const { heading, entries, sheet } = viewOf();
    expect(heading).toBe('Over budget');
    expect(entries).toMatchObject([
      { place: ['shop', 'search'], label: 'INP, median', cells: ['312.5 ms', '200 ms', '8 of 10'] },
    ]);
    expect(sheet[1]).toEqual(['search', 'shop', 'inp', 'median', 'error', 'fail', '312.5', '200', '10', '8']);
  });

  test('has no statistic where there is one value, and no place where it is of the whole', () => {
    expect(viewOf({ statistic: 'value', step: null, variant: null }).entries).toMatchObject([
      { place: [], label: 'INP' },
    ]);
  });

  test('gives the reason where there is no value, and nothing in a sheet', () => {
    const { entries, sheet } = viewOf({ value: { unavailable: 'no-interactions' } });
    expect(entries[0]?.cells[0]).toBe('unavailable (no-interactions)');
    expect(sheet[1]?.[6]).toBe('');
  });
});
