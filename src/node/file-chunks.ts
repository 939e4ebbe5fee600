import { open } from 'node:fs/promises';

/**
 * A file's bytes in large chunks, the next of which is read while one is worked on. Two buffers take turns, since to make
 * one for each chunk costs more than to fill it: a chunk is valid only until the next is asked for.
 */
export async function* fileChunks(path: string, chunkBytes: number): AsyncIterable<Uint8Array> {
  const file = await open(path);
  const buffers = [new Uint8Array(chunkBytes), new Uint8Array(chunkBytes)] as const;
  let reading = file.read(buffers[0]);
  try {
    for (let turn = 1; ; turn++) {
      const { buffer, bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = file.read(buffers[turn % 2 === 0 ? 0 : 1]);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    // Whoever stopped asking is not interested in how the last reading ended.
    await Promise.allSettled([reading]);
    await file.close();
  }
}
