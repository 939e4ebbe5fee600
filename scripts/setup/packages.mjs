// The packages in node_modules: whether they are those of the lock file, and how they get there.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCi } from './npm.mjs';

const STAMP = 'node_modules/.inpact-packages';

/** Whether node_modules holds what the lock file asks for, as far as an earlier set-up has seen to it. */
export function hasFreshPackages(/** @type {string} */ root) {
  return readText(join(root, STAMP)) === packagesHash(root);
}

/** Changes when the packages must be looked at again: another lock file, another kind of machine. */
export function packagesHash(/** @type {string} */ root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of ['package-lock.json', 'package.json']) {
    hash.update('\0').update(readText(join(root, file)) ?? '');
  }
  return hash.digest('hex');
}

/** Makes node_modules hold the lock file's packages. Resolves to what was done, in a few words. */
export async function installPackages(/** @type {string} */ root) {
  // What another npm command has put there is as good, when it is complete.
  const isComplete = holdsAll(root);
  if (!isComplete) await npmCi(root, process.env);
  writeFileSync(join(root, STAMP), packagesHash(root));
  return isComplete ? 'already installed' : 'installed from package-lock.json';
}

function holdsAll(root) {
  const lock = readJson(join(root, 'package-lock.json'));
  const installed = readJson(join(root, 'node_modules/.package-lock.json'));
  const manifest = readJson(join(root, 'package.json'));
  if (lock === undefined || installed === undefined || manifest === undefined) return false;
  return (
    declaresSame(lock.packages[''], manifest) &&
    holdsLocked(lock, installed, { platform: process.platform, arch: process.arch, libc: libc() }) &&
    Object.keys(installed.packages).every((path) => existsSync(join(root, path, 'package.json')))
  );
}

/** Whether the lock file was made from this package.json. */
function declaresSame(locked, manifest) {
  return ['dependencies', 'devDependencies', 'optionalDependencies'].every(
    (field) => JSON.stringify(sorted(locked[field])) === JSON.stringify(sorted(manifest[field])),
  );
}

const sorted = (record = {}) => Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));

/**
 * Whether npm's own list of what is installed has every package of the lock file at its version. Optional ones
 * may be absent, unless they say that they are for this very machine: a folder copied from another has the wrong ones.
 * @typedef {{version?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[]}} LockedPackage
 * @typedef {{packages: Record<string, LockedPackage>}} Lock
 * @param {Lock} lock
 * @param {Lock} installed
 * @param {{platform: string, arch: string, libc: string}} machine
 */
export function holdsLocked(lock, installed, machine) {
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true;
    const here = installed.packages[path];
    if (here !== undefined) return here.version === wanted.version;
    return wanted.optional === true && !isFor(machine, wanted);
  });
}

function isFor(machine, /** @type {LockedPackage} */ { os = [], cpu = [], libc: libcs = [machine.libc] }) {
  return os.includes(machine.platform) && cpu.includes(machine.arch) && libcs.includes(machine.libc);
}

/** The C library, by the names of package.json. Node's report tells which glibc it runs on. */
function libc() {
  if (process.platform !== 'linux') return 'none';
  return JSON.stringify(process.report.getReport()).includes('"glibcVersionRuntime"') ? 'glibc' : 'musl';
}

const readText = (/** @type {string} */ path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

function readJson(/** @type {string} */ path) {
  const text = readText(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
