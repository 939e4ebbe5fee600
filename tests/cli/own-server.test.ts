import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { withOwnServer } from '../../cli/own-server.ts';
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
