import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { InpactError } from '../base/errors.ts';

/** A file with a source map in it. */
export interface SourceMapFile {
  /** From the folder that was given, with slashes. */
  readonly of: string;
  /** Its JSON. */
  readonly map: string;
}

/**
 * Reads all `.map` files in a folder and below.
 * @throws {InpactError} `no-such-file` or `unreadable-file`.
 */
export async function readSourceMaps(folder: string): Promise<readonly SourceMapFile[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.map'))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
    return await Promise.all(
      paths.map(async (path) => ({
        of: relative(folder, path).replaceAll('\\', '/'),
        map: await readFile(path, 'utf8'),
      })),
    );
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const isMissing = 'code' in cause && cause.code === 'ENOENT';
    throw new InpactError(
      isMissing ? 'no-such-file' : 'unreadable-file',
      isMissing ? `There is no folder ${folder}` : `The folder ${folder} can't be read: ${cause.message}`,
      { hint: 'Give the folder that your build writes its .map files to, or the word "inline".', cause },
    );
  }
}
