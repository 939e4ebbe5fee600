/** What an error says of itself. */
export interface CaughtError {
  readonly type: string;
  readonly message: string;
  /** As V8 writes it, if nobody has set another. */
  readonly stack: string;
}

/** Of whatever was thrown. An app may set anything as its name and message, also what throws when it is read. */
export function readError(error: unknown): CaughtError {
  const told = isError(error) ? error : new Error(typeof error);
  return {
    type: textOf(() => told.name),
    message: textOf(() => told.message),
    stack: textOf(() => told.stack ?? ''),
  };
}

function isError(error: unknown): error is Error {
  try {
    return error instanceof Error;
  } catch {
    // A proxy answers this itself.
    return false;
  }
}

function textOf(read: () => unknown): string {
  try {
    return String(read());
  } catch {
    // Whatever it throws is the app's, and no answer to its user.
    return 'unreadable';
  }
}
