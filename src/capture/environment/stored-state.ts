import { readFile } from 'node:fs/promises';
import type { CookieData } from 'puppeteer-core';
import * as v from 'valibot';
import { InpactError } from '../../base/errors.ts';

/** Cookies and local storage of a browser, in the form in which Playwright keeps them (`storageState`). */
export interface StoredState {
  readonly cookies: readonly CookieData[];
  readonly origins: readonly StoredOrigin[];
}

export interface StoredOrigin {
  readonly origin: string;
  readonly localStorage: readonly { readonly name: string; readonly value: string }[];
}

const cookie = v.object({
  name: v.string(),
  value: v.string(),
  domain: v.string(),
  path: v.exactOptional(v.string()),
  expires: v.exactOptional(v.number()),
  httpOnly: v.exactOptional(v.boolean()),
  secure: v.exactOptional(v.boolean()),
  sameSite: v.exactOptional(v.picklist(['Strict', 'Lax', 'None'])),
});

const storedState: v.GenericSchema<unknown, StoredState> = v.union([
  // A plain list is what Puppeteer's `context.cookies()` gives. First, since a list would pass for an empty object.
  v.pipe(
    v.array(cookie),
    v.transform((cookies) => ({ cookies, origins: [] })),
  ),
  v.object({
    cookies: v.optional(v.array(cookie), []),
    origins: v.optional(
      v.array(
        v.object({
          origin: v.string(),
          localStorage: v.array(v.object({ name: v.string(), value: v.string() })),
        }),
      ),
      [],
    ),
  }),
]);

/** @throws {InpactError} `bad-usage`, saying what is wrong with the file, and never what is in it. */
export async function readStoredState(path: string): Promise<StoredState> {
  const result = v.safeParse(storedState, await jsonIn(path));
  if (result.success) return result.output;
  const place = v.getDotPath(result.issues[0]);
  throw notStored(path, place === null ? 'it has neither form' : `${place} is not as it should be`);
}

async function jsonIn(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw notStored(path, cause instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read');
  }
}

const notStored = (path: string, why: string): InpactError =>
  new InpactError('bad-usage', `The cookies and storage in ${path} can't be used: ${why}`, {
    hint: "Give what Playwright's storageState or Puppeteer's cookies() wrote: {cookies: […], origins: […]}, or a list of cookies.",
  });
