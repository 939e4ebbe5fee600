import { describe, expect, test } from 'vitest';
import { reportSizeText } from '../../cli/output/report-size.ts';
import { maxReportSize } from '../../cli/report-size-flag.ts';
import type { SavedReport } from '../../cli/save-report.ts';

const saved = (change: Partial<SavedReport> = {}): SavedReport => ({
  path: 'report.html',
  bytes: 1_234_001,
  maxBytes: 4e6,
  fitted: { leftOutCount: 0, shorterThanMs: 0 },
  missing: [],
  ...change,
});

describe('what a report weighs', () => {
  test('is told in kilobytes, rounded up', () => {
    expect(reportSizeText(saved())).toBe('Report of 1,235 kB, at most 4,000 kB (--max-report-size).');
  });

  test.each([
    [{ leftOutCount: 1, shorterThanMs: 0.05 }, '1 spans shorter than 0.05 ms are left out'],
    [{ leftOutCount: 7, shorterThanMs: Number.MAX_VALUE }, 'There was no room for a timeline: its 7 spans'],
  ])('is told with what had to go for it: %j', (fitted, told) => {
    expect(reportSizeText(saved({ fitted }))).toContain(told);
  });

  test('is too much only above the limit', () => {
    expect(reportSizeText(saved({ bytes: 4e6 }))).not.toContain('larger all the same');
    expect(reportSizeText(saved({ bytes: 4e6 + 1 }))).toContain('larger all the same');
  });

  test('is told with the timelines that are missing', () => {
    expect(reportSizeText(saved({ missing: ['a', 'b'] })).split('\n')).toHaveLength(3);
  });
});

const parse = (text: string): unknown => maxReportSize().parseArg?.(text, undefined);

describe('--max-report-size', () => {
  test.each([
    ['800', 800],
    ['800B', 800],
    ['800kB', 800_000],
    ['1.5MB', 1_500_000],
    ['1.5 mb', 1_500_000],
    ['2GB', 2e9],
  ])('%s is so many bytes: %i', (text, bytes) => {
    expect(parse(text)).toBe(bytes);
  });

  test.each(['', 'MB', '0', '0.2', '-1kB', '1TB', '1e3', '1 000kB'])('%j is no size', (text) => {
    expect(() => parse(text)).toThrow('It must be a size');
  });
});
