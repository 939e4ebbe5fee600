import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { comparisonSchema } from '../../src/result/schema-comparison.ts';
import { sessionIn } from '../support/session-files.ts';
import { startInpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SERVER = `
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html');
  response.end(readFileSync('page.html'));
}).listen(process.env.PORT, '127.0.0.1', () => console.log('listening'));
`;

const page = (version: string): string => `<!doctype html><title>${version}</title>
<button id="go">Go</button><output></output>
<script>document.querySelector('#go').onclick = () => document.querySelector('output').append('done');</script>`;

/** A repository with one commit, and a page that was changed since. */
async function repository(): Promise<string> {
  const folder = await temporaryFolder();
  const git = (...args: readonly string[]) =>
    promisify(execFile)('git', ['-c', 'user.name=t', '-c', 'user.email=t@test', ...args], { cwd: folder });
  await writeFile(join(folder, 'server.mjs'), SERVER);
  await writeFile(join(folder, 'page.html'), page('committed'));
  await git('init', '-q');
  await git('add', '.');
  await git('commit', '-q', '-m', 'first');
  await writeFile(join(folder, 'page.html'), page('changed'));
  return folder;
}

test('the working copy is compared with a commit, both served at once, and nothing is left behind', async () => {
  const folder = await repository();
  const output = join(await temporaryFolder(), 'results');
  const args = ['--click', '#go', '--max-pairs', '8', '--warm-ups', '0', '--repetitions', '1', '-o', output];
  const serve = ['--base', 'HEAD', '--start-server', 'node server.mjs', '--host-check', 'off'];
  const { code, stdout, stderr } = await startInpact(['compare', ...serve, ...args], { cwd: folder }).ended;
  // So few pairs need not tell, on a machine that is busy.
  expect([0, 5], stderr).toContain(code);
  expect(stdout).toContain('changed against base');

  const { loads, variants } = await sessionIn(output);
  expect(loads.filter(({ status }) => status === 'valid').length).toBeGreaterThanOrEqual(16);
  const titles = new Set(variants.map(({ url }) => new URL(url).port));
  expect(titles.size).toBe(2);
  const comparison = v.parse(
    comparisonSchema,
    JSON.parse(await readFile(join(output, 'comparison.json'), 'utf8')),
  );
  expect(comparison.design.pairing).toBe('interleaved');

  for (const { url } of variants) await expect(fetch(url)).rejects.toThrow();
  const { stdout: worktrees } = await promisify(execFile)('git', ['worktree', 'list'], { cwd: folder });
  expect(worktrees.trim().split('\n')).toHaveLength(1);
});
