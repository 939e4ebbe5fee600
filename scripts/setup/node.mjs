// Which Node runs the tool: the checkout's own, or the system's when that is new enough.

import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError } from './failure.mjs';

/** package.json's `engines` says the same. */
const OLDEST_NODE = { major: 22, minor: 12 };

/**
 * The Node of the devDependency `node`, else the one that runs us, else the one on PATH. The first is absent where
 * npm is told to ignore install scripts, and does not start where the system has no glibc.
 * @param {string} root
 * @param {{running?: {execPath: string, version: string}, versionOf?: (node: string) => string | undefined}} [seams]
 */
export function findNode(root, { running = process, versionOf = askVersion } = {}) {
  const own = ownNode(root);
  if (isSame(running.execPath, own)) return own;
  if (isNewEnough(versionOf(own))) return own;
  if (isNewEnough(running.version)) return running.execPath;
  if (isNewEnough(versionOf('node'))) return 'node';
  throw new SetUpError(`Node ${running.version} is too old, and the checkout's own Node is not installed`, {
    hint: `Run \`npm rebuild node --ignore-scripts=false\`, or install Node ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or newer.`,
  });
}

/** Takes the checkout's Node off the PATH of npm scripts when it does not start, so that the system's one is found. */
export function dropBrokenNode(root) {
  const own = ownNode(root);
  if (!existsSync(own) || askVersion(own) !== undefined) return;
  for (const name of ['node', 'node.cmd', 'node.ps1'])
    rmSync(join(root, 'node_modules/.bin', name), { force: true });
}

/** Whether a version such as `v22.12.0` can run the tool. */
export function isNewEnough(/** @type {string | undefined} */ version) {
  const [major = 0, minor = 0] = (version ?? '').replace(/^v/, '').split('.').map(Number);
  return major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor);
}

function ownNode(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function isSame(/** @type {string} */ a, /** @type {string} */ b) {
  return existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b);
}

/** @returns {string | undefined} what is not there, or does not start, has no version */
function askVersion(/** @type {string} */ node) {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8', windowsHide: true });
  return status === 0 ? stdout.trim() : undefined;
}
