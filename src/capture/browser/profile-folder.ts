import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { identityOf, isAlive, processesWith } from '../../node/process-identity.ts';
import { killGroup } from '../host/kill-group.ts';
import { ownedSchema } from '../host/owned.ts';

const PREFIX = 'inpact-chrome-';
const LOCK = 'inpact.lock';

/** A folder for the profile of one browser, which says whose it is: should its owner be killed, the next one clears up. */
export interface ProfileFolder {
  readonly path: string;
  remove(): Promise<void>;
}

export async function makeProfileFolder(parent: string = tmpdir()): Promise<ProfileFolder> {
  const path = await mkdtemp(join(parent, PREFIX));
  const owner = await identityOf(process.pid);
  // Where a process cannot be told from another, there is no lock, and nothing will be ended.
  if (owner !== undefined) await writeFile(join(path, LOCK), JSON.stringify({ owner }));
  return {
    path,
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

/**
 * Ends browsers whose owner has gone, and removes their profiles. Nobody else's: the folder's name is ours and unique, its owner's
 * number and start are noted in it, and the browser has it on its command line.
 */
export async function reapOrphans(parent: string = tmpdir()): Promise<number> {
  const names = await readdir(parent).catch(() => []);
  let reaped = 0;
  for (const name of names.filter((entry) => entry.startsWith(PREFIX))) {
    if (await reap(join(parent, name))) reaped++;
  }
  return reaped;
}

async function reap(path: string): Promise<boolean> {
  const noted = v.safeParse(ownedSchema, await jsonIn(join(path, LOCK)));
  if (!noted.success || (await isAlive(noted.output.owner))) return false;
  for (const pid of await processesWith((argument) => argument === `--user-data-dir=${path}`)) killGroup(pid);
  await rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  return true;
}

async function jsonIn(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // No lock, or half of one: it is not known whose folder this is.
    return undefined;
  }
}
