import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { InpactError } from '../../base/errors.ts';
import { identityOf, isAlive, type ProcessIdentity } from '../../node/process-identity.ts';
import { ownedSchema } from './owned.ts';

export interface LockOrder {
  /** Where the lock lies: one for the machine, if absent. */
  readonly path?: string;
  /** Called once, if another recording is under way. */
  readonly onWait: (holder: number) => void;
  readonly signal: AbortSignal;
  /** After so long it is given up. */
  readonly longestMs?: number;
}

const POLL_MS = 250;
const LONGEST_MS = 60 * 60_000;

/**
 * Waits until no other recording is under way on this machine: two would measure each other. A lock whose process has gone
 * is taken over. Where there can be no lock, because the system tells no process from another or the folder takes no links,
 * there is none: nothing may wait for ever.
 * @returns What gives the lock back.
 * @throws {InpactError} `capture-failed` if the other one does not end.
 */
export async function takeCaptureLock(order: LockOrder): Promise<() => Promise<void>> {
  const { path = join(tmpdir(), 'inpact-capture.lock'), onWait, signal, longestMs = LONGEST_MS } = order;
  const owner = await identityOf(process.pid);
  if (owner === undefined) return () => Promise.resolve();
  // Unlike its owner no two locks of one process are the same.
  const own = JSON.stringify({ owner, id: randomUUID() });
  const until = performance.now() + longestMs;
  let isTold = false;
  for (;;) {
    signal.throwIfAborted();
    const taken = await take(path, own);
    if (taken === 'impossible') return () => Promise.resolve();
    if (taken === 'taken') return () => giveBack(path, own);
    const found = await textOf(path);
    const holder = holderIn(found);
    if (found === undefined) continue;
    if (holder === undefined || !(await isAlive(holder))) {
      if (await remove(path, found)) continue;
      return () => Promise.resolve();
    }
    if (performance.now() > until) throw stillHeld(holder, longestMs);
    if (!isTold) onWait(holder.pid);
    isTold = true;
    await delay(POLL_MS, undefined, { signal });
  }
}

/** A link appears with its whole content, or not at all: nobody ever reads half a lock. */
async function take(path: string, own: string): Promise<'taken' | 'held' | 'impossible'> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, own, { flag: 'wx' });
    await link(draft, path);
    return 'taken';
  } catch (error) {
    return codeOf(error) === 'EEXIST' ? 'held' : 'impossible';
  } finally {
    await rm(draft, { force: true });
  }
}

async function giveBack(path: string, own: string): Promise<void> {
  if ((await textOf(path)) === own) await rm(path, { force: true });
}

/**
 * Removes a lock that was seen to be dead. Another process may have done so, and have put its own there: what is
 * moved away and turns out to be another is put back.
 * @returns Whether it is worth trying again.
 */
async function remove(path: string, seen: string): Promise<boolean> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    // Somebody else's, in a folder where only they may remove it.
    return codeOf(error) === 'ENOENT';
  }
  if ((await textOf(aside)) !== seen) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  return true;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new InpactError('capture-failed', `The lock ${path} can't be read`, {
      hint: 'Remove it, or go on without it: --no-capture-lock.',
      cause: error,
    });
  }
}

/** Undefined for what no recording has written. */
function holderIn(text: string | undefined): ProcessIdentity | undefined {
  try {
    return v.parse(ownedSchema, JSON.parse(text ?? '')).owner;
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

const stillHeld = ({ pid }: ProcessIdentity, ms: number): InpactError =>
  new InpactError(
    'capture-failed',
    `Another recording (process ${String(pid)}) has not ended for ${String(Math.round(ms / 60_000))} min`,
    { hint: 'End it, or go on beside it: --no-capture-lock.' },
  );
