import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { expect, onTestFinished, test } from 'vitest';
import { planLoads } from '../../src/capture/session/plan.ts';
import { comparisonSchema } from '../../src/result/schema/schema-comparison.ts';
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

const placeOf = ({ variant, round }: { readonly variant: string; readonly round: number }): string =>
  `${variant} in round ${String(round)}`;

const loadsIn = async (folder: string): Promise<number> =>
  existsSync(join(folder, 'session.json')) ? (await sessionIn(folder)).loads.length : 0;

test('the working copy is compared with a commit, also after an interruption, and nothing is left behind', async () => {
  const folder = await repository();
  const output = join(await temporaryFolder(), 'results');
  const args = ['--click', '#go', '--max-pairs', '8', '--warm-ups', '0', '--repetitions', '1'];
  const serve = ['--base', 'HEAD', '--start-server', 'node server.mjs', '--host-check', 'off'];
  const compare = (...more: readonly string[]) =>
    startInpact(['compare', ...serve, ...args, ...more], { cwd: folder });
  const interrupted = compare('-o', output);
  // Between the two loads of a pair, or of two: which of them does not matter.
  await expect.poll(() => loadsIn(output), { timeout: 60_000, interval: 50 }).toBeGreaterThanOrEqual(3);
  interrupted.child.kill('SIGINT');
  expect((await interrupted.ended).code).toBe(130);
  const before = await sessionIn(output);

  const { code, stdout, stderr } = await compare('--resume', output).ended;
  // So few pairs need not tell, on a machine that is busy.
  expect([0, 5], stderr).toContain(code);
  expect(stdout).toContain('changed against base');

  const after = await sessionIn(output);
  expect(after.plan).toEqual(before.plan);
  expect(after.loads.slice(0, before.loads.length)).toEqual(before.loads);
  const names = ['base', 'changed'];
  const planned = planLoads({ ...after.plan, variants: names }).map(placeOf);
  const recorded = after.loads.map(placeOf);
  expect(recorded).toEqual(planned.filter((place) => recorded.includes(place)));
  expect(before.variants.map(({ description }) => description)).toEqual([
    expect.stringMatching(/^commit \w{12}$/),
    expect.stringMatching(/^working copy of \w{12} with changes \w{8}$/),
  ]);

  const { loads, variants } = after;
  expect(loads.filter(({ status }) => status === 'valid').length).toBeGreaterThanOrEqual(16);
  const ports = new Set(variants.map(({ url }) => new URL(url).port));
  expect(ports.size).toBe(2);
  const comparison = v.parse(
    comparisonSchema,
    JSON.parse(await readFile(join(output, 'comparison.json'), 'utf8')),
  );
  expect(comparison.design.pairing).toBe('interleaved');

  for (const { url } of variants) await expect(fetch(url)).rejects.toThrow();
  const { stdout: worktrees } = await promisify(execFile)('git', ['worktree', 'list'], { cwd: folder });
  expect(worktrees.trim().split('\n')).toHaveLength(1);
});

test('a version that always fails is told after eight pairs, and the other pairs are not recorded', async () => {
  const site = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.statusCode = request.url === '/broken' ? 500 : 200;
    response.end(page('whole'));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void site.close());
  await once(site, 'listening');
  const address = site.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on a port.');
  const url = `http://127.0.0.1:${String(address.port)}`;
  const output = join(await temporaryFolder(), 'results');
  const args = ['--click', '#go', '--warm-ups', '0', '--repetitions', '1'];
  const compare = startInpact([
    'compare',
    `${url}/`,
    `${url}/broken`,
    ...args,
    '--host-check',
    'off',
    '-o',
    output,
  ]);
  const { code, stdout, stderr } = await compare.ended;
  expect(code, stderr).toBe(1);
  expect(stdout).toContain('changed fails more often: 0 of 8 loads of base and 8 of 8 loads of changed');
  expect(stderr).toContain('the 44 loads that are left are not tried');
  expect((await sessionIn(output)).loads).toHaveLength(16);
});
