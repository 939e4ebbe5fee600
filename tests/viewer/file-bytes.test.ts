import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fileBytes } from '../../viewer/worker/file-bytes.ts';
import { UnreadableFile } from '../../viewer/worker/unreadable-file.ts';

/** More than the tail that is taken byte by byte, and nothing that packs well. */
const TEXT = Array.from({ length: 30_000 }, (_, index) => String((index * 7919) % 100_003)).join();
const PACKED = new Uint8Array(gzipSync(TEXT));

interface Read {
  readonly text: string;
  readonly error: unknown;
}

async function read(bytes: Uint8Array<ArrayBuffer>): Promise<Read> {
  const chunks: Uint8Array[] = [];
  let error: unknown;
  try {
    for await (const chunk of fileBytes(new Blob([bytes]), () => undefined)) chunks.push(chunk);
  } catch (thrown) {
    error = thrown;
  }
  return { text: Buffer.concat(chunks).toString(), error };
}

// How Node fails at a damaged one is not how browsers do: that is tested in one.
describe('a packed file', () => {
  test('gives all of it, and tells how much of it was read', async () => {
    expect(await read(PACKED)).toEqual({ text: TEXT, error: undefined });
    const told: number[] = [];
    for await (const _ of fileBytes(new Blob([PACKED]), (bytes) => told.push(bytes)));
    expect(told.at(-1)).toBe(PACKED.length);
  });

  test.each([
    ['another file', PACKED.subarray(0, 700)],
    ['what is no packed file', new Uint8Array([0, 1, 2])],
  ])('that is followed by %s is whole', async (_, rest) => {
    expect(await read(new Uint8Array([...PACKED, ...rest]))).toEqual({ text: TEXT, error: undefined });
  });

  test('that is cut short ends early, for the analysis to say so', async () => {
    const { text, error } = await read(PACKED.slice(0, PACKED.length >> 1));
    expect(error).toBeUndefined();
    expect(text.length).toBeGreaterThan(TEXT.length / 3);
    expect(TEXT.startsWith(text)).toBe(true);
  });
});

test('a plain file is given as it is', async () => {
  expect(await read(new Uint8Array([91, 93]))).toEqual({ text: '[]', error: undefined });
});

test('a file that is packed with zstd is refused', async () => {
  const { error } = await read(new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0]));
  expect(error).toBeInstanceOf(UnreadableFile);
});
