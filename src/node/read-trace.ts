import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, type Transform } from 'node:stream';
import zlib from 'node:zlib';
import { InpactError } from '../base/errors.ts';
import { CorruptCompression } from '../trace/scanner.ts';
import { fileChunks } from './file-chunks.ts';

/** Node's default of 16 KB halves the speed of unpacking. */
const CHUNK_BYTES = 2 ** 20;

/**
 * The unpacked bytes of a trace file. What it is packed with is told by its first bytes, not by its name. A packed file
 * that was cut short yields what could be unpacked: the reader then finds that the trace ends early. A chunk is valid only
 * until the next is asked for.
 * @throws {InpactError} `no-such-file` or `unreadable-file`.
 * @throws {CorruptCompression} If it is damaged, after all that could be unpacked.
 */
export async function* readTrace(path: string): AsyncIterable<Uint8Array> {
  const unpacker = unpackerFor(path, await firstBytes(path));
  if (unpacker === undefined) yield* fileChunks(path, CHUNK_BYTES);
  else yield* unpacked(path, unpacker);
}

type Unpacker = () => Transform;

function unpackerFor(path: string, magic: Uint8Array): Unpacker | undefined {
  const startsWith = (...bytes: readonly number[]): boolean =>
    bytes.every((byte, index) => magic[index] === byte);
  // Flushing as it goes makes a file that was cut short end early, not fail.
  if (startsWith(0x1f, 0x8b)) {
    return () => zlib.createGunzip({ chunkSize: CHUNK_BYTES, finishFlush: zlib.constants.Z_SYNC_FLUSH });
  }
  if (startsWith(0x28, 0xb5, 0x2f, 0xfd)) {
    // Node < 22.15 has no such function, whatever the types say.
    if (!('createZstdDecompress' in zlib))
      throw unreadable(path, 'it is packed with zstd, which takes Node 22.15 or newer');
    return () => zlib.createZstdDecompress({ chunkSize: CHUNK_BYTES });
  }
  return undefined;
}

async function* unpacked(path: string, unpacker: Unpacker): AsyncIterable<Uint8Array> {
  let given = 0;
  try {
    // A failure to read reaches this loop too: it destroys the unpacker.
    const packed = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    for await (const chunk of chunksOf(pipeline(packed, unpacker(), () => undefined))) {
      given += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    yield* salvaged(path, unpacker, given);
    if (!isTrailingGarbage(error))
      throw new CorruptCompression('The packed data are damaged', { cause: error });
  }
}

/** How many packed bytes are unpacked at once on the way to the damage: ever fewer, down to single bytes. */
const SALVAGE_STEPS: readonly number[] = [2 ** 16, 2 ** 10, 2 ** 5, 1];

/**
 * What a damaged file holds before the damage, without as many bytes as were given already. Node throws away all that it
 * unpacked in one go with the damage, which may be a megabyte: so the file is unpacked again in small steps.
 */
async function* salvaged(path: string, unpacker: Unpacker, alreadyGiven: number): AsyncIterable<Uint8Array> {
  let given = alreadyGiven;
  let soundBytes = 0;
  for (const step of SALVAGE_STEPS) {
    const unpack = stepwise(unpacker());
    let packedBytes = 0;
    let position = 0;
    try {
      for await (const piece of piecesOf(path, { slowFrom: soundBytes, step })) {
        const chunk = await unpack(piece);
        packedBytes += piece.length;
        position += chunk.length;
        const fresh = chunk.subarray(chunk.length - Math.max(0, position - given));
        given += fresh.length;
        yield fresh;
      }
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    soundBytes = packedBytes;
  }
}

/** The file's bytes: large pieces first, small ones later. */
async function* piecesOf(
  path: string,
  { slowFrom, step }: { readonly slowFrom: number; readonly step: number },
): AsyncIterable<Uint8Array> {
  if (slowFrom > 0) yield* chunksOf(createReadStream(path, { end: slowFrom - 1 }));
  yield* chunksOf(createReadStream(path, { start: slowFrom, highWaterMark: step }));
}

/** Lets a stream transform one piece at a time, and gives all that came of it. */
function stepwise(stream: Transform): (piece: Uint8Array) => Promise<Uint8Array> {
  let output: Uint8Array[] = [];
  const drain = (): void => {
    for (let chunk: unknown = stream.read(); chunk instanceof Uint8Array; chunk = stream.read())
      output.push(chunk);
  };
  stream.on('readable', drain);
  return async (piece) => {
    await new Promise<unknown>((resolve, reject) => {
      // Node never calls back for the piece that it fails at.
      stream.once('error', reject);
      stream.write(piece, resolve);
    });
    stream.removeAllListeners('error');
    drain();
    const whole = Buffer.concat(output);
    output = [];
    return whole;
  };
}

async function* chunksOf(stream: NodeJS.ReadableStream): AsyncIterable<Uint8Array> {
  for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk;
}

const isDamage = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^(Z_|ZSTD_|ERR_STREAM_PREMATURE_CLOSE)/.test(error.code);

/** What follows a whole gzip member and is none itself: gzip ignores it too. The first bytes were checked before. */
const isTrailingGarbage = (error: unknown): boolean =>
  error instanceof Error && error.message === 'incorrect header check';

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
