// One set-up at a time in a checkout: a second one would empty node_modules under the first.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SetUpError } from './failure.mjs';

const POLL_MS = 200;
/** Longer than a first set-up over a slow line. The owner may run in another container, where its pid says nothing. */
const STALE_MS = 20 * 60_000;

/**
 * @typedef {{pid: number, host: string, since: number}} Owner
 */

/**
 * Runs `work` while holding the lock folder `path`. `onWait` is told once who holds it, if anybody does.
 * @param {string} path
 * @param {() => Promise<void>} work
 * @param {{onWait?: (owner: Owner) => void, limitMs?: number}} [options]
 */
export async function withLock(path, work, { onWait = () => {}, limitMs = STALE_MS } = {}) {
  const started = Date.now();
  let waiting = false;
  while (!take(path)) {
    const owner = readOwner(path);
    if (owner !== undefined && isStale(owner)) {
      breakLock(path, owner);
      continue;
    }
    if (!waiting && owner !== undefined) {
      onWait(owner);
      waiting = true;
    }
    if (Date.now() - started > limitMs) throw stuck(path);
    await pause(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Whether the process that wrote `owner` is gone, or has held the lock for too long to be believed.
 * @param {Owner} owner
 */
export function isStale(owner, { now = Date.now(), host = hostname(), isAlive = isRunning } = {}) {
  if (now - owner.since > STALE_MS) return true;
  return owner.host === host && !isAlive(owner.pid);
}

// The folder is made aside, complete, and renamed into place: no one sees a lock without an owner.
function take(path) {
  const aside = `${path}.${process.pid}`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  writeFileSync(
    join(aside, 'owner.json'),
    JSON.stringify({ pid: process.pid, host: hostname(), since: Date.now() }),
  );
  try {
    renameSync(aside, path);
    return true;
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    // What a rename onto a folder that is not empty gives: Linux and macOS, some file systems, Windows.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'].includes(error.code) && readOwner(path) !== undefined)
      return false;
    if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST') return false;
    throw new SetUpError(`${dirname(path)} cannot be written: ${error.message}`, {
      hint: 'The folder may belong to another user. Delete it, or give it back to yours.',
    });
  }
}

/** @returns {Owner | undefined} */
function readOwner(path) {
  try {
    return JSON.parse(readFileSync(join(path, 'owner.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

// Renaming succeeds for one of those who want to break the same lock. If another has replaced it meanwhile, it goes back.
function breakLock(path, stale) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (JSON.stringify(readOwner(aside)) === JSON.stringify(stale))
    rmSync(aside, { recursive: true, force: true });
  else renameSync(aside, path);
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // Alive, and another user's.
  }
}

function stuck(path) {
  return new SetUpError('another set-up in this checkout does not come to an end', {
    hint: `If none is running, delete ${path} and try again.`,
  });
}
