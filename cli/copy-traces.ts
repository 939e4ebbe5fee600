import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Load } from '../src/index.ts';
import { writeFailed } from '../src/node/write-file.ts';

export interface TracesToCopy {
  readonly loads: readonly Load[];
  readonly from: string;
  readonly to: string;
  /** What a file is called there. As it was, where absent. */
  readonly nameOf?: (file: string) => string;
}

/** Copies what Chrome and the server kept of loads into the folder of another session, as far as it is there. */
export async function copyTraces({
  loads,
  from,
  to,
  nameOf = (file): string => file,
}: TracesToCopy): Promise<void> {
  for (const file of loads.flatMap(filesOf)) {
    const source = join(from, file);
    if (existsSync(source)) await copy(source, join(to, nameOf(file)));
  }
}

/** The paths of those that are not there any more. */
export const missingTraces = ({ loads, from }: Pick<TracesToCopy, 'loads' | 'from'>): readonly string[] =>
  loads
    .flatMap(filesOf)
    .map((file) => join(from, file))
    .filter((path) => !existsSync(path));

const filesOf = ({ traceFile, serverTraceFile }: Load): readonly string[] =>
  [traceFile, serverTraceFile].filter((file) => file !== null);

async function copy(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (cause) {
    throw writeFailed(`The copy ${to} of ${from}`, cause);
  }
}
