import { InpactError } from '../base/errors.ts';

/** Why a file could not be read. */
export function fileError(path: string, cause: unknown): InpactError {
  const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
  if (!missing) return unreadable(path, cause instanceof Error ? cause.message : String(cause), cause);
  return new InpactError('no-such-file', `There is no file ${path}`, {
    hint: 'Check the path; relative paths count from the folder that you are in.',
    cause,
  });
}

export const unreadable = (path: string, why: string, cause?: unknown): InpactError =>
  new InpactError('unreadable-file', `${path} can't be read: ${why}`, { cause });
