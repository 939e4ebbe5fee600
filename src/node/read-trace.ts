import { InpactError } from '../base/errors.ts';
import { fileChunks } from './file-chunks.ts';
import { fileError, unreadable } from './file-error.ts';
import { fileSystem } from './file-system.ts';
import type { Packing } from './unpack.ts';

/** What is scanned at once stays in the processor's cache from the reading on. */
const CHUNK_BYTES = 2 ** 18;

/** How often others get a turn: whoever wants to interrupt, for one. */
const CHUNKS_AT_A_TIME = 64;

/**
 * The unpacked bytes of a trace file. What it is packed with is told by its first bytes, not by its name. A packed file
 * that was cut short yields what could be unpacked: the reader then finds that the trace ends early. A chunk is valid only
 * until the next is asked for.
 * @throws {InpactError} `no-such-file` or `unreadable-file`.
 * @throws {CorruptCompression} If it is damaged, after all that could be unpacked.
 */
export async function* readTrace(path: string): AsyncIterable<Uint8Array> {
  const packing = packingOf(firstBytes(path));
  if (packing !== undefined) {
    // Loaded when it is asked for: it takes Node's streams with it.
    const { unpacked } = await import('./unpack.ts');
    yield* unpacked(path, packing);
    return;
  }
  let count = 0;
  for (const chunk of fileChunks(path, CHUNK_BYTES)) {
    yield chunk;
    if (++count % CHUNKS_AT_A_TIME === 0) await aTurn();
  }
}

const aTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

function packingOf(magic: Uint8Array): Packing | undefined {
  const startsWith = (...bytes: readonly number[]): boolean =>
    bytes.every((byte, index) => magic[index] === byte);
  if (startsWith(0x1f, 0x8b)) return 'gzip';
  return startsWith(0x28, 0xb5, 0x2f, 0xfd) ? 'zstd' : undefined;
}

function firstBytes(path: string): Uint8Array {
  try {
    if (fileSystem.statSync(path).isDirectory()) throw unreadable(path, 'it is a folder');
    const file = fileSystem.openSync(path, 'r');
    try {
      const bytes = new Uint8Array(4);
      return bytes.subarray(0, fileSystem.readSync(file, bytes, 0, bytes.length, 0));
    } finally {
      fileSystem.closeSync(file);
    }
  } catch (error) {
    if (error instanceof InpactError) throw error;
    throw fileError(path, error);
  }
}
