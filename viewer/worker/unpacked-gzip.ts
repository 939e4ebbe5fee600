import { CorruptCompression } from '../../src/base/corrupt-compression.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * What a gzipped file holds. One that is cut short ends early, and what follows its end is passed over: so does the command
 * line.
 * @throws {UnreadableFile}
 * @throws {CorruptCompression} If it is damaged, after all that could be unpacked.
 */
export async function* unpackedGzip(
  packed: AsyncIterable<Bytes>,
  sizeBytes: number,
): AsyncIterable<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const fed = feed(piecesOf(packed, sizeBytes), writable.getWriter());
  // It may fail before it is waited for below.
  fed.catch(() => undefined);
  const reader = readable.getReader();
  for (;;) {
    // What goes wrong goes wrong for both ends. The one that writes knows what it was doing.
    const next = await reader.read().catch(() => undefined);
    if (next === undefined || next.done) break;
    yield next.value;
  }
  await fed;
}

async function feed(
  pieces: AsyncIterable<Bytes>,
  writer: WritableStreamDefaultWriter<BufferSource>,
): Promise<void> {
  try {
    for await (const piece of pieces) await writer.write(piece);
  } catch (error) {
    await writer.abort(error);
    if (!(error instanceof TypeError)) throw error;
    if (isBeyondEnd(error)) return;
    throw new CorruptCompression('The packed data are damaged', { cause: error });
  }
  // Only at its end it is seen that the file was cut short. The analysis sees that too.
  await writer.close().catch(() => undefined);
}

/**
 * By its words, since the specification has a TypeError for all that can be wrong: “Junk found after end of compressed data”
 * (Chrome), “Unexpected input after the end of stream” (Firefox), “Extra bytes past the end” (WebKit).
 */
const isBeyondEnd = ({ message }: TypeError): boolean => /(?:after|past) (?:the )?end/i.test(message);

const PIECE_BYTES = 2 ** 16;
const TAIL_BYTES = 2 ** 10;

/**
 * A browser throws away what it has unpacked of the bytes that it failed at. So it gets no more than a piece, whose bytes are
 * taken before the next is looked at, and the last of the file one by one: there the checksum fails, and there it goes on after
 * its end.
 */
async function* piecesOf(packed: AsyncIterable<Bytes>, sizeBytes: number): AsyncIterable<Bytes> {
  const tailFrom = sizeBytes - TAIL_BYTES;
  let position = 0;
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length;) {
      const beforeTail = tailFrom - position;
      const length = beforeTail > 0 ? Math.min(PIECE_BYTES, beforeTail) : 1;
      const piece = chunk.subarray(at, at + length);
      yield piece;
      at += piece.length;
      position += piece.length;
    }
  }
}
