import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hasFreshBuild } from '../scripts/build.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A build of what is measured, and, where they are asked for, the other readers of traces. */
export function prepare({ withPeers = true } = {}) {
  if (withPeers && !existsSync(new URL('node_modules', import.meta.url))) {
    npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], fileURLToPath(new URL('.', import.meta.url)));
  }
  if (!hasFreshBuild(ROOT)) npm(['run', 'build'], ROOT);
}

/** What it says goes to stderr, since the tables are all that goes to stdout. */
function npm(/** @type {readonly string[]} */ args, /** @type {string} */ cwd) {
  const { status } = spawnSync('npm', args, {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed`);
}
