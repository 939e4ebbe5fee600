/** Thrown by `withDeadline`. */
export class DeadlineExceeded extends Error {}

/**
 * Waits for work that may never end: a call to a page that hangs, a browser that died. The work itself is not stopped;
 * its later failure is swallowed, because nobody waits for it any more.
 * @throws {DeadlineExceeded} After `ms`.
 */
export async function withDeadline<T>(work: T | Promise<T>, ms: number, what: string): Promise<T> {
  // A scenario's function need not be asynchronous.
  const done = Promise.resolve(work);
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new DeadlineExceeded(`${what} took longer than ${String(ms / 1000)} s`));
  }, ms);
  try {
    return await Promise.race([done, expired]);
  } finally {
    clearTimeout(timer);
    done.catch(() => undefined);
  }
}
