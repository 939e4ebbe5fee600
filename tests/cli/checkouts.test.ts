import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withCheckouts } from '../../cli/compare/checkouts.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A repository with two packages, of which the second one came with the last commit. The command line is in one of them. */
async function inPackage(name: string): Promise<string> {
  const repository = realpathSync(await temporaryFolder());
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@test', ...args], { cwd: repository });
  git('init', '-q');
  for (const each of ['shop', 'admin']) {
    mkdirSync(join(repository, each));
    await writeFile(join(repository, each, 'page.html'), each);
    git('add', '.');
    git('commit', '-q', '-m', each);
  }
  const before = process.cwd();
  onTestFinished(() => {
    process.chdir(before);
  });
  process.chdir(join(repository, name));
  return repository;
}

const order = (log: string) => ({
  ref: 'HEAD~1',
  build: `echo "build $PWD" >> '${log}'`,
  page: 'http://localhost:{port}/shop',
  settings: {
    startServer: `echo "serve $PWD at {port} $PORT" >> '${log}'; echo ready; exec sleep 60`,
    readyTimeoutMs: 30_000,
    captureLock: false,
    quiet: true,
  },
});

test('both versions are built and served in the folder of a repository in which the command line is', async () => {
  const repository = await inPackage('shop');
  const log = join(await temporaryFolder(), 'log');
  const io = fakeIo();
  const served = await withCheckouts(order(log), io, (addresses) => Promise.resolve(addresses));
  const checkout = / in (\S+)\.\n/.exec(io.err())?.[1];
  const [base = '', changed = ''] = [served.base, served.changed].map((address) => new URL(address).port);
  expect(served.base).toBe(`http://localhost:${base}/shop`);
  expect(base).not.toBe(changed);
  expect(readFileSync(log, 'utf8').split('\n')).toEqual([
    `build ${checkout}/shop`,
    `build ${repository}/shop`,
    `serve ${checkout}/shop at ${base} ${base}`,
    `serve ${repository}/shop at ${changed} ${changed}`,
    '',
  ]);
});

test('a package that the base does not have is told as missing there', async () => {
  await inPackage('admin');
  const comparing = withCheckouts(order('/dev/null'), fakeIo(), () => Promise.resolve());
  await expect(comparing).rejects.toMatchObject({
    code: 'bad-usage',
    message: 'There is no folder admin/ in HEAD~1',
  });
});
