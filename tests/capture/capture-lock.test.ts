import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { takeCaptureLock } from '../../src/capture/host/capture-lock.ts';
import { identityOf } from '../../src/node/process-identity.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const newPath = async (): Promise<string> => join(await temporaryFolder(), 'lock');

/** Takes it as a recording does; notes whom it waited for. */
async function take(
  path: string,
  waitedFor: number[] = [],
  longestMs = 60_000,
): Promise<() => Promise<void>> {
  const { signal } = new AbortController();
  return takeCaptureLock({ path, onWait: (pid) => waitedFor.push(pid), signal, longestMs });
}

/** The lock of another process that is still there. */
async function lockOfAnother(path: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log(1)']);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const pid = child.pid ?? 0;
  await writeFile(path, JSON.stringify({ owner: await identityOf(pid) }));
  return pid;
}

test('two recordings take turns, and nothing of a lock is left', async () => {
  const path = await newPath();
  const waitedFor: number[] = [];
  const giveBack = await take(path, waitedFor);
  expect(waitedFor).toEqual([]);
  const second = take(path, waitedFor);
  await expect.poll(() => waitedFor).toEqual([process.pid]);
  await giveBack();
  await (
    await second
  )();
  expect(await readdir(dirname(path))).toEqual([]);
});

test('of ten that want it at once, one has it at a time', async () => {
  const path = await newPath();
  let holders = 0;
  const most: number[] = [];
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      const giveBack = await take(path);
      most.push(++holders);
      // Long enough for every other to take it as well, if it could.
      await delay(5);
      holders--;
      await giveBack();
    }),
  );
  expect(most).toEqual(Array.from({ length: 10 }, () => 1));
});

describe('a lock is taken over', () => {
  test('from a process that has gone', async () => {
    const path = await newPath();
    await writeFile(path, JSON.stringify({ owner: { pid: 2 ** 22 + 1, startedAt: 'long ago' } }));
    await (
      await take(path)
    )();
    expect(await readdir(dirname(path))).toEqual([]);
  });

  test('from an earlier process that had the number of one that is there', async () => {
    const path = await newPath();
    await writeFile(path, JSON.stringify({ owner: { pid: process.pid, startedAt: 'before' } }));
    await (
      await take(path)
    )();
  });

  test.each(['', '{', '{"owner": 1}'])('if it says %j, which no recording has written', async (text) => {
    const path = await newPath();
    await writeFile(path, text);
    await (
      await take(path)
    )();
  });
});

test('who waits can be interrupted, and leaves the other’s lock alone', async () => {
  const path = await newPath();
  const pid = await lockOfAnother(path);
  const before = await readFile(path, 'utf8');
  const interruption = new AbortController();
  const holders: number[] = [];
  const waiting = takeCaptureLock({
    path,
    onWait: (holder) => {
      holders.push(holder);
      interruption.abort();
    },
    signal: interruption.signal,
  });
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  expect(holders).toEqual([pid]);
  expect(await readFile(path, 'utf8')).toBe(before);
});

test('nobody waits for ever: a recording that does not end is named', async () => {
  const path = await newPath();
  const pid = await lockOfAnother(path);
  await expect(take(path, [], 1)).rejects.toMatchObject({
    code: 'capture-failed',
    message: expect.stringContaining(`process ${String(pid)}`),
    hint: expect.stringContaining('--no-capture-lock'),
  });
});

test('where there can be no lock there is none', async () => {
  const waitedFor: number[] = [];
  await (
    await take(join(await temporaryFolder(), 'no', 'such', 'folder', 'lock'), waitedFor)
  )();
  expect(waitedFor).toEqual([]);
});

test('who has lost the lock to another does not give back theirs', async () => {
  const path = await newPath();
  const giveBack = await take(path);
  await writeFile(path, 'another’s');
  await giveBack();
  expect(await readFile(path, 'utf8')).toBe('another’s');
});
