import { UnreadableFile } from './unreadable-file.ts';
import { unpackedGzip } from './unpacked-gzip.ts';

const GZIP: readonly number[] = [0x1f, 0x8b];
const ZSTD: readonly number[] = [0x28, 0xb5, 0x2f, 0xfd];

/**
 * The unpacked bytes of a file, as it is read. What it is packed with is told by its first bytes.
 * @param onRead Is told how much of the file has been read.
 * @throws {UnreadableFile}
 * @throws {CorruptCompression} If it is damaged, after all that could be unpacked.
 */
export async function* fileBytes(file: Blob, onRead: (bytes: number) => void): AsyncIterable<Uint8Array> {
  const magic = new Uint8Array(await orUnreadable(file.slice(0, ZSTD.length).arrayBuffer()));
  const startsWith = (bytes: readonly number[]): boolean => bytes.every((byte, at) => magic[at] === byte);
  if (startsWith(ZSTD)) {
    throw new UnreadableFile('It is packed with zstd, which browsers cannot unpack', 'Unpack it first.');
  }
  const chunks = chunksOf(file, onRead);
  yield* startsWith(GZIP) ? unpackedGzip(chunks, file.size) : chunks;
}

async function* chunksOf(
  file: Blob,
  onRead: (bytes: number) => void,
): AsyncIterable<Uint8Array<ArrayBuffer>> {
  const reader = file.stream().getReader();
  let read = 0;
  for (;;) {
    const { done, value } = await orUnreadable(reader.read());
    if (done) return;
    read += value.length;
    onRead(read);
    yield value;
  }
}

/** The specification has a NotReadableError or a NotFoundError, Chrome's streams have a TypeError as where the network fails. */
async function orUnreadable<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (cause) {
    throw new UnreadableFile(
      'The file cannot be read any more',
      'It was changed, moved or removed meanwhile: choose it again.',
      { cause },
    );
  }
}
