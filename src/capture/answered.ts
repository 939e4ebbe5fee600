import { DeadlineExceeded, withDeadline } from './deadline.ts';
import { LoadFailure } from './load-failure.ts';

/**
 * Waits for an answer of the browser.
 * @throws {LoadFailure} `browser-hung` after `ms`.
 */
export async function answered<T>(work: Promise<T>, ms: number): Promise<T> {
  try {
    return await withDeadline(work, ms, 'An answer of Chrome');
  } catch (error) {
    if (!(error instanceof DeadlineExceeded)) throw error;
    throw new LoadFailure('browser-hung', `Chrome has not answered for ${String(ms / 1000)} s.`, error);
  }
}
