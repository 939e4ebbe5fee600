import { readFile } from 'node:fs/promises';
import { validateAction, validateWorkflow } from '@action-validator/core';
import { describe, expect, test } from 'vitest';
import { actionText, inputsIn, runAction, scriptIn, variablesIn } from './support/action-script.ts';

const BUDGET = 'my budget.json';

describe('the GitHub action', () => {
  test('is one by GitHub’s schema', async () => {
    expect(validateAction(await actionText()).errors).toEqual([]);
  });

  test('writes no input into its script, where it could be a command', async () => {
    const script = scriptIn(await actionText());
    expect(script.length).toBeGreaterThan(500);
    expect(script).not.toContain('${{');
  });

  test('uses each input, and says what it is in the documentation', async () => {
    const action = await actionText();
    const docs = await readFile(new URL('../docs/ci.md', import.meta.url), 'utf8');
    const used = [...variablesIn(action).values(), 'uploadArtifacts'];
    expect(used.toSorted()).toEqual([...inputsIn(action).keys()].toSorted());
    expect(used.filter((input) => !docs.includes(`\`${input}\``))).toEqual([]);
  });
});

describe('what the action asks for', () => {
  test('of one address with a budget is to record it, and then to judge it', async () => {
    const { code, asked, outputs } = await runAction({
      urls: '\n  http://a.test/ \n',
      budgetPath: BUDGET,
      runs: '7',
      scenario: '--own flow.mts',
      configPath: "it's.json",
      startServerCommand: 'npm start -- "$(id)"; `id`',
      VERDICT: 'pass',
    });
    const results = outputs.get('resultsPath') ?? '';
    expect(results).toMatch(/run ner\/inpact-__self-\d+$/);
    const [recording = [], judging = []] = asked;
    expect(recording).toEqual(
      [
        ['record', '--output', `${results}/session`, '--scenario', '--own flow.mts', '--config', "it's.json"],
        ['--start-server', 'npm start -- "$(id)"; `id`', '--ready-pattern', 'listen|ready'],
        ['--runs', '7', '--', 'http://a.test/'],
      ].flat(),
    );
    expect(judging.slice(0, 4)).toEqual(['check', `${results}/session`, '--budget', BUDGET]);
    expect(judging.slice(-2)).toEqual(['--on-inconclusive', 'pass']);
    expect(code).toBe(0);
  });

  test('of two addresses is to compare them, whatever they begin with', async () => {
    const { asked } = await runAction({ urls: 'http://a.test/\n--config=evil.mjs' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.[0]).toBe('compare');
    expect(asked[0]?.slice(-3)).toEqual(['--', 'http://a.test/', '--config=evil.mjs']);
  });

  test('of a reference is to compare the checkout with it', async () => {
    const { asked } = await runAction({ baseRef: 'origin/my main', build: 'npm ci && npm run build' });
    expect(asked[0]?.join(' ')).toContain(
      '--base origin/my main --url http://localhost:{port}/ --build npm ci && npm run build',
    );
  });
});

test.each([
  ['neither', {}],
  ['one address without a budget', { urls: 'http://a.test/' }],
  ['three addresses', { urls: 'http://a.test/\nhttp://b.test/\nhttp://c.test/' }],
  ['an address and a reference', { urls: 'http://a.test/', baseRef: 'main' }],
  ['a budget for a comparison', { baseRef: 'main', budgetPath: BUDGET }],
  ['a budget that is not there', { urls: 'http://a.test/', budgetPath: 'none.json' }],
  ['a build of an address', { urls: 'http://a.test/', budgetPath: BUDGET, build: 'make' }],
  ['a word that is no choice', { baseRef: 'main', onInconclusive: 'ignore' }],
])('the action refuses %s before anything is recorded', async (_, inputs) => {
  const { code, stdout, asked } = await runAction(inputs);
  expect([code, asked]).toEqual([2, []]);
  expect(stdout).toMatch(/^::error title=INPact::.*\.\n$/);
});

describe('the action passes on', () => {
  test.each([
    ['0', 'pass'],
    ['1', 'fail'],
    ['5', 'inconclusive'],
  ])('exit code %s with the verdict %s and all files', async (code, verdict) => {
    const ran = await runAction({ baseRef: 'main', CODE_OF_compare: code, VERDICT: verdict });
    expect(ran.code).toBe(Number(code));
    expect(ran.outputs.get('verdict')).toBe(verdict);
    const results = ran.outputs.get('resultsPath') ?? '';
    expect([...ran.outputs].filter(([name]) => name.endsWith('Path') || name === 'assertionResults')).toEqual(
      [
        ['resultsPath', results],
        ['assertionResults', `${results}/judgement.json`],
        ['commentPath', `${results}/comment.md`],
        ['sarifPath', `${results}/inpact.sarif`],
      ],
    );
    expect(ran.stdout).toBe('');
  });

  test('that nothing was recorded, and names no file to upload', async () => {
    const ran = await runAction({ urls: 'http://a.test/', budgetPath: BUDGET, CODE_OF_record: '4' });
    expect(ran.code).toBe(4);
    expect(ran.asked.map(([command]) => command)).toEqual(['record']);
    expect([...ran.outputs.keys()]).toEqual(['resultsPath']);
    expect(ran.stdout).toContain('::error title=INPact::No verdict (exit code 4)');
  });
});

test('the workflow in the documentation is one by GitHub’s schema', async () => {
  const docs = await readFile(new URL('../docs/ci.md', import.meta.url), 'utf8');
  const [, workflow = ''] = /```yaml\n(name: INP\n[\s\S]*?)```/.exec(docs) ?? [];
  expect(workflow).toContain('uses: ./.inpact');
  expect(validateWorkflow(workflow).errors).toEqual([]);
});
