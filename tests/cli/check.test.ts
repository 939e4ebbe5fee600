import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { judgementCsv } from '../../cli/output/judgement-csv.ts';
import { judgementGithub } from '../../cli/output/judgement-github.ts';
import { judgementJunit } from '../../cli/output/judgement-junit.ts';
import { judgementMarkdown } from '../../cli/output/judgement-markdown.ts';
import { judgementText } from '../../cli/output/judgement-text.ts';
import { viewOf } from '../../cli/output/view-of.ts';
import { run } from '../../cli/run.ts';
import type { JudgedMetric, Judgement } from '../../src/result/judgement.ts';
import { fakeIo, type FakeIo } from '../support/fake-io.ts';
import { HOSTILE_NAMES, obeyed } from '../support/hostile-names.ts';
import { sampleSession } from '../support/sample-session.ts';
import { inpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function sessionFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'session.json'), JSON.stringify(sampleSession()));
  return folder;
}

async function budget(...limits: readonly object[]): Promise<string> {
  const file = join(await temporaryFolder(), 'budget.json');
  await writeFile(file, JSON.stringify({ limits }));
  return file;
}

async function check(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<FakeIo & { readonly code: number }> {
  const io = fakeIo({ env });
  const code = await run(['check', await sessionFolder(), ...args], io);
  return { ...io, code };
}

describe('the exit code', () => {
  // The sample has six rounds: enough to say "within", not enough for "over" of a median at 1 %.
  test('is 0 where all is within budget', async () => {
    const { code, out } = await check(['--budget', await budget({ metric: 'inp', max: 1000 })]);
    expect(out()).toContain('Within budget: ');
    expect(code).toBe(0);
  });

  test('is 1 where something is over it', async () => {
    const { code, out } = await check(['--budget', await budget({ metric: 'inp', max: 1, quantile: 'p75' })]);
    expect(out()).toContain('Over budget: ');
    expect(code).toBe(1);
  });

  test('is 5 where it is not certain, or what the flag says', async () => {
    const file = await budget({ metric: 'inp', max: 1 });
    expect((await check(['--budget', file])).code).toBe(5);
    expect((await check(['--budget', file, '--on-inconclusive', 'pass'])).code).toBe(0);
    expect((await check(['--budget', file, '--on-inconclusive', 'fail'])).code).toBe(1);
  });

  test('is 2 where the budget makes no sense, and 3 where there is no session', async () => {
    const { code, err } = await check(['--budget', await budget({ metric: 'nip', max: 1 })]);
    expect([code, err()]).toEqual([2, expect.stringContaining('there is no metric “nip”')]);
    expect((await check(['--budget', '/none.json'])).code).toBe(2);
    const io = fakeIo();
    expect(await run(['check', '/gone', '--budget', await budget({ metric: 'inp', max: 1 })], io)).toBe(3);
  });
});

test('several reporters write to stdout or to files, and the summary is added to', async () => {
  const folder = await temporaryFolder();
  const xml = join(folder, 'junit.xml');
  const summary = join(folder, 'summary.md');
  await writeFile(summary, 'before\n');
  const { out } = await check(
    [
      '--budget',
      await budget({ metric: 'inp', max: 1 }),
      '--reporter',
      `json,junit=${xml}`,
      '--reporter',
      'markdown',
    ],
    { GITHUB_STEP_SUMMARY: summary },
  );
  expect(JSON.parse(out())).toMatchObject({ kind: 'judgement', verdict: 'inconclusive' });
  expect(XMLValidator.validate(await readFile(xml, 'utf8'))).toBe(true);
  expect(await readFile(summary, 'utf8')).toMatch(/^before\n<!-- inpact -->\n### ❔ Inconclusive/);
});

test.each([
  ['a file', ['--reporter', 'junit=/nowhere/junit.xml'], "/nowhere/junit.xml can't be written: ENOENT"],
  ['the summary', ['--reporter', 'markdown'], "The summary /nowhere/summary.md can't be written: ENOENT"],
])('where %s cannot be written, the exit code is no verdict and no failed capture', async (_, args, why) => {
  const env = { GITHUB_STEP_SUMMARY: '/nowhere/summary.md' };
  const { code, err } = await check(['--budget', await budget({ metric: 'inp', max: 1000 }), ...args], env);
  expect(err()).toContain(why);
  expect(code).toBe(73);
});

test('runs as a program', async () => {
  const { code, stdout } = await inpact([
    'check',
    await sessionFolder(),
    '--budget',
    await budget({ metric: 'inp', max: 1000 }),
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain('Within budget');
});

const HOSTILE = [
  ...HOSTILE_NAMES,
  '::error::INJECTED',
  '</failure><x>',
  ']]>',
  '`<img src=x>`|](javascript:1)',
  '\uD800',
];

const judged = (step: string): JudgedMetric => ({
  step,
  variant: step,
  metric: 'inpMs',
  statistic: 'median',
  severity: 'error',
  verdict: 'fail',
  limit: 200,
  value: 300,
  values: [300],
  runs: 1,
  over: 1,
  sentence: `It is ${step}`,
  advice: null,
});

const hostile = (name: string): Judgement => ({
  schemaVersion: 1,
  kind: 'judgement',
  inpactVersion: '0',
  command: 'check',
  subject: name,
  verdict: 'fail',
  metrics: [judged(name)],
  notes: [name],
});

describe.each(HOSTILE.map((name) => [JSON.stringify(name), name] as const))('the name %s', (_, name) => {
  test('does nothing in a terminal', () => {
    expect(obeyed(judgementText(viewOf(hostile(name))))).toEqual([]);
  });

  test('stays one name in JUnit', () => {
    const xml = judgementJunit(viewOf(hostile(name)));
    expect(XMLValidator.validate(xml)).toBe(true);
    const parsed: unknown = new XMLParser({ ignoreAttributes: false }).parse(xml);
    expect(parsed).toMatchObject({
      testsuites: { testsuite: { '@_failures': '1', testcase: { failure: { '@_type': 'inp-budget' } } } },
    });
  });

  test('is no command to a runner', () => {
    const lines = judgementGithub(viewOf(hostile(name)))
      .split(/\r\n|\r|\n/)
      .filter((line) => line !== '');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^::error title=[^:]*::/);
  });

  test('is text in Markdown', () => {
    const markdown = judgementMarkdown(viewOf(hostile(name))).replace('<!-- inpact -->', '');
    expect(markdown).not.toMatch(/[<>`]|\]\(/);
    expect(markdown.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
  });

  test('is no formula in CSV', () => {
    const [, row = ''] = judgementCsv(viewOf({ ...hostile(name), metrics: [judged(`=${name}`)] })).split(
      '\r\n',
    );
    expect(row).toMatch(/^"?'=/);
  });
});
