import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { run } from '../../cli/run.ts';
import { takeCaptureLock } from '../../src/capture/host/capture-lock.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder = '';
let giveBack = (): Promise<void> => Promise.resolve();

beforeEach(async () => {
  folder = await temporaryFolder();
  // In it lies the lock: no other test waits for this one.
  vi.stubEnv('TMPDIR', folder);
  giveBack = await takeCaptureLock({ onWait: () => undefined, signal: new AbortController().signal });
  return async () => {
    await giveBack();
    vi.unstubAllEnvs();
  };
});

const RECORD = ['record', 'http://127.0.0.1:9', '--click', '#a', '--chrome-path', '/bin/false'];

test('a folder in which another has recorded while this one waited is refused', async () => {
  const output = join(folder, 'results');
  const io = fakeIo({
    stderr(text) {
      said.push(text);
      if (!text.startsWith('Another recording is under way')) return;
      void mkdir(output)
        .then(() => writeFile(join(output, 'session.json'), '{}'))
        .then(giveBack);
    },
  });
  const said: string[] = [];
  expect(await run([...RECORD, '-o', output], io)).toBe(2);
  expect(said.join('')).toContain(`process ${String(process.pid)}`);
  expect(said.at(-1)).toContain('holds a recording already');
});

test.each([
  ['a recording', RECORD],
  ['a comparison', ['compare', 'http://127.0.0.1:9', 'http://127.0.0.1:8', '--click', '#a']],
  ['a comparison with a commit', ['compare', '--base', 'HEAD', '--click', '#a']],
])('%s starts its server only when it is its turn', async (_, args) => {
  const started = join(folder, 'started');
  const interruption = new AbortController();
  const io = fakeIo({
    stderr(text) {
      if (text.startsWith('Another recording is under way')) interruption.abort();
    },
    signal: interruption.signal,
  });
  const server = ['--start-server', `touch '${started}'; echo ready; exec sleep 60`];
  expect(await run([...args, ...server], io)).toBe(130);
  expect(existsSync(started)).toBe(false);
});
