import { fileSystem } from './file-system.ts';

/**
 * A file's bytes in chunks, all of them in one buffer: a chunk is valid only until the next is asked for. Read where they are
 * needed and not ahead on another thread: from the system's cache, which reads ahead itself, that takes a tenth of a millisecond, less than to
 * wake a thread and to fetch the bytes from its processor's cache.
 */
export function* fileChunks(path: string, chunkBytes: number): Iterable<Uint8Array> {
  const file = fileSystem.openSync(path, 'r');
  const buffer = new Uint8Array(chunkBytes);
  try {
    for (;;) {
      const bytesRead = fileSystem.readSync(file, buffer, 0, chunkBytes, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    fileSystem.closeSync(file);
  }
}
