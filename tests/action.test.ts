import { readFile } from 'node:fs/promises';
import { validateAction, validateWorkflow } from '@action-validator/core';
import { describe, expect, test } from 'vitest';

const textOf = (path: string): Promise<string> => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

describe('the GitHub action', () => {
  test('is one by GitHub’s schema', async () => {
    expect(validateAction(await textOf('action.yml')).errors).toEqual([]);
  });

  test('writes no input into its script, where it could be a command', async () => {
    const [, script = ''] = (await textOf('action.yml')).split(/^ {6}run: \|$/m);
    const [body = ''] = script.split(/^ {4}- /m);
    expect(body.length).toBeGreaterThan(500);
    expect(body).not.toContain('${{');
  });
});

test('the workflow in the documentation is one by GitHub’s schema', async () => {
  const [, workflow = ''] = /```yaml\n(name: INP\n[\s\S]*?)```/.exec(await textOf('docs/ci.md')) ?? [];
  expect(workflow).toContain('uses: ./.inpact');
  expect(validateWorkflow(workflow).errors).toEqual([]);
});
