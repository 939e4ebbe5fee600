import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { reasonOf, writeFileAtomically } from '../../src/node/write-file.ts';
import { writeGzipped } from '../../src/node/write-gzipped.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { bytesOf } from '../support/trace-bytes.ts';

async function* hello(): AsyncGenerator<Uint8Array> {
  yield bytesOf('hel');
  await Promise.resolve();
  yield bytesOf('lo');
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield bytesOf('hel');
  await Promise.resolve();
  throw new RangeError('no more');
}

describe.each([
  ['as it is', (path: string) => writeFileAtomically(path, 'hello'), String],
  ['packed', (path: string) => writeGzipped(path, hello()), (bytes: Buffer) => String(gunzipSync(bytes))],
] as const)('a file written %s', (_, write, read) => {
  test('has its content, in the place of what it had, and leaves nothing beside it', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a.json');
    await writeFileAtomically(path, 'before');
    await write(path);
    expect(read(await readFile(path))).toBe('hello');
    expect(await readdir(folder)).toEqual(['a.json']);
  });

  test('that can’t get its name says why, and leaves nothing behind', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'taken', 'inside'), { recursive: true });
    const path = join(folder, 'taken');
    await expect(write(path)).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining(path),
    });
    expect(await readdir(folder)).toEqual(['taken']);
  });

  test('into a folder that is not there is told so', async () => {
    const path = join(await temporaryFolder(), 'missing', 'a.json');
    await expect(write(path)).rejects.toMatchObject({
      code: 'write-failed',
      message: `${path} can't be written: ENOENT: no such file or directory`,
    });
  });
});

test('what fails to give the bytes is not the disk’s fault, and leaves nothing behind', async () => {
  const folder = await temporaryFolder();
  await expect(writeGzipped(join(folder, 'a.gz'), failing())).rejects.toThrow(RangeError);
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ["ENOENT: no such file or directory, open '/a/b.tmp-7'", 'ENOENT: no such file or directory'],
  [
    "EISDIR: illegal operation on a directory, rename '/a.tmp-7' -> '/a'",
    'EISDIR: illegal operation on a directory',
  ],
  ['ENOSPC: no space left on device, write', 'ENOSPC: no space left on device'],
  ['write after end', 'write after end'],
])('of %j the user is told %j', (message, told) => {
  expect(reasonOf(new Error(message))).toBe(told);
});

test('a reason that is no error is told as it is', () => {
  expect(reasonOf('full')).toBe('full');
});
