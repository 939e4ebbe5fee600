import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { withOwnServer } from '../../cli/own-server.ts';
import { run } from '../../cli/run.ts';
import { settingsSchema } from '../../src/capture/settings/settings.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test.each([
  ['failed', 3],
  ['ended well, and left another to serve', 0],
])('work is judged by a server that has %s before it was done', async (_, code) => {
  const noted = join(await temporaryFolder(), 'pid');
  const settings = v.parse(settingsSchema, {
    startServer: `echo $$ > '${noted}'; echo ready, then not; exit ${String(code)}`,
    captureLock: false,
  });
  const done = withOwnServer(settings, fakeIo(), async () => {
    const pid = Number(await readFile(noted, 'utf8'));
    await expect.poll(() => isThere(pid), { timeout: 10_000 }).toBe(false);
    return 'done';
  });
  if (code === 0) await expect(done).resolves.toBe('done');
  else
    await expect(done).rejects.toMatchObject({
      code: 'server-unreachable',
      message: expect.stringContaining('ended with code 3 before the work was done'),
      hint: expect.stringContaining('ready, then not'),
    });
});

/** A zombie is: whoever started it has not yet heard of its end. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.each([
  ['a recording', ['record', 'http://127.0.0.1:9']],
  ['a comparison', ['compare', 'http://127.0.0.1:9', 'http://127.0.0.1:8']],
  ['a self-test', ['aa', 'http://127.0.0.1:9']],
])('%s starts the server that it is told', async (_, args) => {
  const others = ['--click', '#a', '--no-capture-lock', '--start-server', 'echo no port is left; exit 3'];
  const io = fakeIo();
  expect([await run([...args, ...others, '--chrome-path', '/bin/false'], io), io.err()]).toEqual([
    4,
    expect.stringMatching(/did not start: it ended with code 3\n.*no port is left/),
  ]);
});
