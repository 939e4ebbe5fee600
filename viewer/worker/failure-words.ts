import { InpactError } from '../../src/base/errors.ts';
import { UnreadableFile } from './unreadable-file.ts';

export interface Failure {
  readonly message: string;
  /** What the reader can do about it. */
  readonly hint: string;
  /** Nobody but us: it belongs on the console too, with its stack. */
  readonly isOurs: boolean;
}

/** Whatever ended an analysis, in words: nobody who drops a file on a page has its console open. */
export function failureOf(error: unknown): Failure {
  if (error instanceof InpactError || error instanceof UnreadableFile)
    return { message: error.message, hint: error.hint ?? '', isOurs: false };
  // What browsers throw for an array that there is no room for. V8's for endless recursion is one too, and ours.
  if (error instanceof RangeError && !/call stack/i.test(error.message)) {
    return {
      message: 'The trace takes more memory than this page may have',
      hint: `\`inpact analyze\` takes less of it, and can have more. (${error.message})`,
      isOurs: false,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message: `The analysis failed: ${message}`, hint: 'That is a fault of INPact’s.', isOurs: true };
}
