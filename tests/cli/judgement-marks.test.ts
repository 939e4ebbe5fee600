import { describe, expect, test } from 'vitest';
import { judgementCsv } from '../../cli/output/judgement-csv.ts';
import { judgementGithub } from '../../cli/output/judgement-github.ts';
import { judgementJunit } from '../../cli/output/judgement-junit.ts';
import { judgementMarkdown } from '../../cli/output/judgement-markdown.ts';
import { judgementSarif } from '../../cli/output/judgement-sarif.ts';
import { judgementText } from '../../cli/output/judgement-text.ts';
import type { Entry, JudgementView } from '../../cli/output/judgement-view.ts';

const entry = (verdict: Entry['verdict'], severity: Entry['severity'], step: string): Entry => ({
  place: [step],
  label: 'INP, median',
  id: 'inp median',
  rule: 'inp-budget',
  ruleText: 'INP keeps its budget',
  severity,
  verdict,
  cells: ['300 ms'],
  sentence: `It is ${verdict}`,
  advice: null,
  changes: [],
  source: undefined,
});

const ALL: readonly Entry[] = [
  entry('pass', 'error', 'passes'),
  entry('inconclusive', 'error', 'open'),
  entry('inconclusive', 'warn', 'open signal'),
  entry('fail', 'warn', 'warns'),
  entry('fail', 'error', 'fails'),
];

const viewWith = (entries: readonly Entry[], change: Partial<JudgementView> = {}): JudgementView => ({
  inpactVersion: '1.0.0',
  subject: 'shop',
  verdict: 'fail',
  heading: 'Over budget',
  columns: ['Value'],
  entries,
  changes: [],
  notes: [],
  details: [],
  sheet: [],
  ...change,
});

describe('a limit that only warns is no failure', () => {
  test('in a terminal, which marks each by a word and explains what does not pass', () => {
    const lines = judgementText(viewWith(ALL, { notes: ['read this'], details: ['and this'] })).split('\n');
    const marks = ALL.map(
      ({ place: [step = ''] }) =>
        /^│\s*(\S+)/.exec(lines.find((line) => line.includes(`│ ${step} `)) ?? '')?.[1],
    );
    expect(marks).toEqual(['pass', 'open', '(open)', 'warn', 'FAIL']);
    expect(lines.filter((line) => line.includes(': It is'))).toHaveLength(4);
    expect(lines.filter((line) => line.startsWith('Note: '))).toEqual(['Note: read this', 'Note: and this']);
  });

  test('in JUnit, which skips it, as it skips what is uncertain', () => {
    const xml = judgementJunit(viewWith(ALL));
    expect(xml).toContain('tests="5" failures="1" errors="0" skipped="3"');
    expect(xml.match(/<failure /g)).toHaveLength(1);
    expect(xml.match(/<skipped /g)).toHaveLength(3);
  });

  test('on GitHub, where it is a warning, and what is uncertain a notice', () => {
    const levels = judgementGithub(viewWith(ALL)).match(/^::\w+/gm);
    expect(levels).toEqual(['::error', '::warning', '::notice', '::notice']);
  });

  test('in Markdown, where the worst is first', () => {
    const rows = judgementMarkdown(viewWith(ALL)).split('\n').slice(5);
    expect(rows.slice(0, 5).map((row) => row.split(' | ')[0])).toEqual([
      '| ⚠️ warn',
      '| ❌ fail',
      '| ❔ open',
      '| ❔ open',
      '| ✅ pass',
    ]);
  });

  test('in SARIF, which has a level for failures alone', () => {
    const sarif: unknown = JSON.parse(judgementSarif(viewWith(ALL)));
    expect(sarif).toMatchObject({
      runs: [
        {
          results: [
            { kind: 'open', level: 'none' },
            { kind: 'open', level: 'none' },
            { kind: 'fail', level: 'warning' },
            { kind: 'fail', level: 'error' },
          ],
        },
      ],
    });
  });
});

test('GitHub shows ten annotations of a kind, and is sent no more', () => {
  const many = Array.from({ length: 12 }, (_, index) => [
    entry('fail', 'error', `a${String(index)}`),
    entry('fail', 'warn', `b${String(index)}`),
  ]);
  const levels = judgementGithub(viewWith(many.flat())).match(/^::\w+/gm) ?? [];
  expect(levels.filter((level) => level === '::error')).toHaveLength(10);
  expect(levels.filter((level) => level === '::warning')).toHaveLength(10);
});

const printsOf = (sentence: string): readonly string[] => {
  const limits = ['inp median', 'inp p95'].map((id) => ({
    ...entry('fail', 'error', 'click'),
    id,
    sentence,
  }));
  return judgementSarif(viewWith(limits)).match(/"inpactLimit\/v1": "\w+"/g) ?? [];
};

test('two limits of one step are two results in SARIF, and the same ones in the next run', () => {
  expect(new Set(printsOf('It is 300 ms')).size).toBe(2);
  expect(printsOf('It is 400 ms')).toEqual(printsOf('It is 300 ms'));
});

describe('Markdown for a comment that has room for 65 536 characters', () => {
  const many = Array.from({ length: 1000 }, (_, index) => entry('fail', 'error', 'x'.repeat(index % 200)));

  test('leaves out what is too much, and says how much that is', () => {
    const markdown = judgementMarkdown(viewWith(many, { details: ['how it was measured'] }));
    expect(markdown.length).toBeLessThan(60_000);
    const [, left] = /(\d+) more lines are in the JSON\.\n$/.exec(markdown) ?? [];
    const shown = markdown.split('\n').filter((line) => line.startsWith('| ❌')).length;
    // A row and an explanation for each, and the empty line between.
    expect(Number(left)).toBe(2001 - shown);
  });

  test('folds all of how it was measured, or nothing of it', () => {
    const details = Array.from({ length: 7 }, () => 'x'.repeat(9000));
    expect(judgementMarkdown(viewWith(ALL, { details })).includes('<details>')).toBe(false);
    expect(judgementMarkdown(viewWith(ALL, { details: ['short'] }))).toContain('<details>');
  });
});

test('a sheet has numbers as numbers, and quotes within quotes', () => {
  expect(judgementCsv(viewWith([], { sheet: [['-4.5', '-1e3', '-x', 'say "hi"']] }))).toBe(
    `-4.5,-1e3,'-x,"say ""hi"""\r\n`,
  );
});
