import { createReadStream } from 'node:fs';
import { pipeline, type Transform } from 'node:stream';
import zlib from 'node:zlib';
import { CorruptCompression } from '../base/corrupt-compression.ts';
import { unreadable } from './file-error.ts';

/** Node's default of 16 KB halves the speed of unpacking. */
const CHUNK_BYTES = 2 ** 20;

export type Packing = 'gzip' | 'zstd';

/**
 * The bytes of a packed file, unpacked on another thread.
 * @throws {CorruptCompression} If it is damaged, after all that could be unpacked.
 */
export async function* unpacked(path: string, packing: Packing): AsyncIterable<Uint8Array> {
  const unpacker = unpackerFor(path, packing);
  let given = 0;
  try {
    // A failure to read reaches this loop too: it destroys the unpacker.
    const packed = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    for await (const chunk of chunksOf(pipeline(packed, unpacker(), () => undefined))) {
      given += chunk.length;
      yield chunk;
      letGo(chunk);
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    yield* salvaged(path, unpacker, given);
    if (!isTrailingGarbage(error))
      throw new CorruptCompression('The packed data are damaged', { cause: error });
  }
}

/**
 * Frees a chunk that nobody looks at any more: the collector would let a hundred of them stand. One that fills its buffer is the
 * last in it; of another the unpacker may still be filling the rest.
 */
function letGo({ buffer, length }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0);
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

type Unpacker = () => Transform;

function unpackerFor(path: string, packing: Packing): Unpacker {
  if (packing === 'gzip') {
    // Flushing as it goes makes a file that was cut short end early, not fail.
    return () => zlib.createGunzip({ chunkSize: CHUNK_BYTES, finishFlush: zlib.constants.Z_SYNC_FLUSH });
  }
  // Node < 22.15 has no such function, whatever the types say.
  if (!('createZstdDecompress' in zlib))
    throw unreadable(path, 'it is packed with zstd, which takes Node 22.15 or newer');
  return () => zlib.createZstdDecompress({ chunkSize: CHUNK_BYTES });
}
