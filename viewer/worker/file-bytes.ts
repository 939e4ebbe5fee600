const GZIP: readonly number[] = [0x1f, 0x8b];
const ZSTD: readonly number[] = [0x28, 0xb5, 0x2f, 0xfd];

/** What the reader can do about a file that a browser cannot unpack. */
export class UnreadableFile extends Error {}

/**
 * The unpacked bytes of a file, as it is read. What it is packed with is told by its first bytes. Damage ends them early: the
 * analysis then finds that the trace is cut short.
 * @param onRead Is told how much of the file has been read.
 */
export async function* fileBytes(file: Blob, onRead: (bytes: number) => void): AsyncIterable<Uint8Array> {
  const magic = new Uint8Array(await file.slice(0, ZSTD.length).arrayBuffer());
  const startsWith = (bytes: readonly number[]): boolean => bytes.every((byte, at) => magic[at] === byte);
  if (startsWith(ZSTD)) throw new UnreadableFile('It is packed with zstd, which browsers cannot unpack.');
  let read = 0;
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        read += chunk.length;
        onRead(read);
        controller.enqueue(chunk);
      },
    }),
  );
  const isPacked = startsWith(GZIP);
  const stream = isPacked ? counted.pipeThrough(new DecompressionStream('gzip')) : counted;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await (isPacked ? untilDamage(reader) : reader.read());
    if (done) return;
    yield value;
  }
}

async function untilDamage(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch (error) {
    // The specification has a TypeError for what is no gzip, is cut short, or goes on after its end.
    if (!(error instanceof TypeError)) throw error;
    return { done: true, value: undefined };
  }
}
