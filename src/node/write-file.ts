import { open, rename, rm } from 'node:fs/promises';
import { InpactError } from '../base/errors.ts';

/**
 * Writes a file so that it either has its whole content or is not there: nobody ever reads half of it.
 * @throws {InpactError} `write-failed`, saying why.
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.tmp-${String(process.pid)}`;
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw writeFailed(path, cause);
  }
}

/** What the user is told when a file could not be written. `what` names the file. */
export const writeFailed = (what: string, cause: unknown): InpactError =>
  new InpactError('write-failed', `${what} can't be written: ${reasonOf(cause)}`, {
    hint: 'Check that the folder exists, that you may write there, and that the disk has room.',
    cause,
  });

/** Why the system refused. Node ends what the system said with its own call, and with the name of the unfinished file, which is not the user's. */
export const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message.replace(/, \w+(?: '[^']*')*(?: -> '[^']*')?$/, '') : String(cause);
