import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { writeFailed } from './write-file.ts';

/**
 * Packs bytes into a file as they come, never in memory as a whole. The file has its name only once it is complete.
 * @throws {InpactError} `write-failed` if it can't be written.
 */
export async function writeGzipped(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const unfinished = `${path}.tmp-${String(process.pid)}`;
  try {
    const file = await open(unfinished, 'w');
    await pipeline(bytes, createGzip(), file.createWriteStream({ flush: true }));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw isOfFiles(error) ? writeFailed(path, error) : error;
  }
}

/** Whether the file system failed, not what gave the bytes. */
const isOfFiles = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
