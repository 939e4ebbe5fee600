import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { placeOfError } from './error-place.ts';
import { offerOwnPackage } from './own-package.ts';

/** For modules that ask a server, say. */
const LOADING_MS = 30_000;

/**
 * Loads a module of the user's.
 * @throws {Error} saying what is wrong, and where if that can be told.
 */
export async function importModule(path: string, deadlineMs: number = LOADING_MS): Promise<object> {
  const file = resolve(path);
  const ended = new AbortController();
  const withdraw = offerOwnPackage();
  try {
    const module: unknown = await Promise.race([
      import(pathToFileURL(file).href),
      // Keeps the process alive too: Node ends without a word when a module waits for what never comes.
      delay(deadlineMs, LATE, { signal: ended.signal }),
    ]);
    if (module !== LATE) return typeof module === 'object' && module !== null ? module : {};
  } catch (cause) {
    const place = await placeOfError(file, cause);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(place === undefined ? why : `${place}: ${why}`, { cause });
  } finally {
    ended.abort();
    withdraw();
  }
  throw new Error(`it was not loaded within ${String(deadlineMs / 1000)} s: does it await what never comes?`);
}

const LATE = Symbol('late');
