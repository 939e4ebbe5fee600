import { createReadStream, createWriteStream, existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip, createGzip } from 'node:zlib';
import { makeLargeTrace } from '../scripts/make-large-trace.mjs';

/** A load of the lab's async-backed scenario, recorded by `inpact demo`. */
const RECORDED = fileURLToPath(new URL('recorded/lab.json.gz', import.meta.url));
/** A DevTools recording of a busy public site, 84 MB. Not ours to publish, so it is used where it is at hand. */
const PUBLIC = fileURLToPath(
  new URL('../../shared/traces/devtools__dom-size-overlap.json.gz', import.meta.url),
);
const FOLDER = join(tmpdir(), 'inpact-bench');

export const hasPublicTrace = existsSync(PUBLIC);

/** The lab's trace tiled to so many megabytes, and made only once. */
export async function tiled(/** @type {number} */ megabytes, extension = 'json') {
  const file = join(FOLDER, `lab-${String(megabytes)}.${extension}`);
  await once(file, (target) => makeLargeTrace({ source: RECORDED, target, megabytes }));
  return file;
}

/** A recorded trace tiled to so many megabytes, for once. */
export async function tiledFrom(/** @type {URL} */ recorded, /** @type {number} */ megabytes) {
  mkdirSync(FOLDER, { recursive: true });
  const target = join(FOLDER, `growth-${String(megabytes)}.json`);
  await makeLargeTrace({ source: fileURLToPath(recorded), target, megabytes });
  return target;
}

export async function publicTrace() {
  const file = join(FOLDER, 'dom-size-overlap.json');
  await once(file, (target) => pipeline(createReadStream(PUBLIC), createGunzip(), createWriteStream(target)));
  return file;
}

export async function gzipped(/** @type {string} */ file) {
  const packed = `${file}.gz`;
  await once(packed, (target) => pipeline(createReadStream(file), createGzip(), createWriteStream(target)));
  return packed;
}

async function once(/** @type {string} */ file, /** @type {(target: string) => Promise<void>} */ make) {
  if (existsSync(file)) return;
  mkdirSync(FOLDER, { recursive: true });
  await make(file);
}

/** In millions of bytes. */
export const megabytesOf = (/** @type {string} */ file) => statSync(file).size / 1e6;
