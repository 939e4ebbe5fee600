import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import { InpactError } from '../base/errors.ts';

/** Node's default of 16 KB halves the speed of unpacking. */
const CHUNK_BYTES = 2 ** 20;

/**
 * The unpacked bytes of a trace file. What it is packed with is told by its first bytes, not by its name. A packed file
 * that was cut short, or is damaged, yields what could be unpacked: the reader then finds that the trace ends early.
 * @throws {InpactError} `no-such-file` or `unreadable-file`.
 */
export async function* readTrace(path: string): AsyncIterable<Uint8Array> {
  const magic = await firstBytes(path);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const unpack = unpackerFor(magic);
  if (unpack === undefined) yield* chunksOf(file);
  else yield* unpacked(file, unpack);
}

function unpackerFor(magic: Uint8Array): Transform | undefined {
  const startsWith = (...bytes: readonly number[]): boolean =>
    bytes.every((byte, index) => magic[index] === byte);
  // Flushing as it goes makes a file that was cut short end early, not fail.
  if (startsWith(0x1f, 0x8b)) {
    return zlib.createGunzip({ chunkSize: CHUNK_BYTES, finishFlush: zlib.constants.Z_SYNC_FLUSH });
  }
  if (startsWith(0x28, 0xb5, 0x2f, 0xfd)) return zlib.createZstdDecompress({ chunkSize: CHUNK_BYTES });
  return undefined;
}

async function* unpacked(file: NodeJS.ReadableStream, unpack: Transform): AsyncIterable<Uint8Array> {
  let damage: unknown;
  const done = pipeline(file, unpack).catch((error: unknown) => {
    damage = error;
  });
  try {
    yield* chunksOf(unpack);
  } catch (error) {
    // Damaged data ends the trace here; anything else is a fault of ours or of the disk.
    if (!isDamage(error)) throw error;
  }
  await done;
  if (damage instanceof Error && !isDamage(damage)) throw damage;
}

async function* chunksOf(stream: NodeJS.ReadableStream): AsyncIterable<Uint8Array> {
  for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk;
}

const isDamage = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^(Z_|ZSTD_|ERR_STREAM_PREMATURE_CLOSE)/.test(error.code);

async function firstBytes(path: string): Promise<Uint8Array> {
  try {
    if ((await stat(path)).isDirectory()) throw unreadable(path, 'it is a folder');
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof InpactError) throw error;
    throw fileError(path, error);
  }
}

function fileError(path: string, cause: unknown): InpactError {
  const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
  if (!missing) return unreadable(path, cause instanceof Error ? cause.message : String(cause), cause);
  return new InpactError('no-such-file', `There is no file ${path}`, {
    hint: 'Check the path; relative paths count from the folder that you are in.',
    cause,
  });
}

const unreadable = (path: string, why: string, cause?: unknown): InpactError =>
  new InpactError('unreadable-file', `${path} can't be read: ${why}`, { cause });
