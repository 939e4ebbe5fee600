// Makes dist: compiled sources, the report's page, the lab's page, the result's JSON Schema. Runs on the checkout's Node.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const STAMP = 'dist/.inpact-build';

/** What dist is made of: a change in any of these calls for a build. */
const SOURCES = [
  'src',
  'cli',
  'viewer',
  'fixtures/lab',
  'scripts/build.mjs',
  'scripts/bundle.mjs',
  'scripts/stale-output.mjs',
  'scripts/write-schema.mjs',
  'tsconfig.base.json',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

/** Python is run as it is, and leaves its own files beside its sources. */
const NOT_BUILT = new Set(['src/server/django']);

/** Whether dist was made from the sources as they are now. */
export function hasFreshBuild(root) {
  const stamp = join(root, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(root);
}

/** Names and contents of the sources, as one hash. */
export function sourceHash(root) {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesUnder(root, source))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @returns {string[]} */
function filesUnder(/** @type {string} */ root, /** @type {string} */ path) {
  const entry = statSync(join(root, path), { throwIfNoEntry: false });
  if (entry === undefined || NOT_BUILT.has(path)) return [];
  if (!entry.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .toSorted()
    .flatMap((name) => filesUnder(root, `${path}/${name}`));
}

async function build(root) {
  // Taken first: a source that changes during the build calls for another one.
  const hash = sourceHash(root);
  rmSync(join(root, STAMP), { force: true });
  need(root, 'vite.config.ts', 'The report cannot be built.');
  // These are imported here, since the set-up asks this module whether to build before there are any packages, on an older Node too.
  const { removeStaleOutput } = await import('./stale-output.mjs');
  removeStaleOutput(root);
  node(root, 'typescript/bin/tsc', ['-b', ...projects(root)]);
  const { bundle } = await import('./bundle.mjs');
  await bundle(root);
  node(root, 'vite/bin/vite.js', ['build', '--logLevel', 'warn']);
  node(root, 'vite/bin/vite.js', ['build', '--logLevel', 'warn', '--mode', 'open']);
  copyFolder(root, 'fixtures/lab/page');
  run(root, ['scripts/write-schema.mjs']);
  need(root, 'dist/viewer/report.html', 'vite build did not write it.');
  need(root, 'dist/viewer/index.html', 'vite build --mode open did not write it.');
  need(root, 'dist/cli/main.js', 'The bundle lacks it: is cli/main.ts there?');
  chmodSync(join(root, 'dist/cli/main.js'), 0o755);
  writeFileSync(join(root, STAMP), hash);
}

// The tests are compiled by `npm run types`: a mistake in one must not keep the tool from running.
function projects(root) {
  const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  return references.map(({ path }) => path).filter((path) => path !== 'tests');
}

function node(root, script, args) {
  run(root, [join('node_modules', script), ...args]);
}

function run(root, args) {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new BuildError(`\`node ${args.join(' ')}\` failed`);
}

function copyFolder(root, folder) {
  const target = join(root, 'dist', folder);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, folder), target, { recursive: true });
}

function need(root, path, message) {
  if (!existsSync(join(root, path))) throw new BuildError(`${path} is missing. ${message}`);
}

class BuildError extends Error {}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === self) {
  try {
    await build(join(dirname(self), '..'));
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(`build: ${error.message}`);
    process.exitCode = 1;
  }
}
