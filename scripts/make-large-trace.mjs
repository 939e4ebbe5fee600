// Makes a trace of any size from a recorded one: its events again and again, each time later and under other ids.
//
//   node scripts/make-large-trace.mjs <recorded trace> <trace to write> --megabytes <n>
//
// A name that ends in .gz is written gzipped. Plain or gzipped sources are read.

import { createWriteStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip, gunzipSync } from 'node:zlib';

const MEGABYTE = 1e6;

/** @param {{ source: string, target: string, megabytes: number }} options */
export async function makeLargeTrace({ source, target, megabytes }) {
  const { events, metadata } = readRecorded(source);
  const template = templateOf(events);
  const text = Readable.from(tiles(template, metadata, megabytes * MEGABYTE), { objectMode: false });
  const file = createWriteStream(target);
  if (target.endsWith('.gz')) await pipeline(text, createGzip({ chunkSize: 2 ** 20 }), file);
  else await pipeline(text, file);
}

function readRecorded(/** @type {string} */ path) {
  const bytes = readFileSync(path);
  const trace = JSON.parse((bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString());
  return { events: trace.traceEvents ?? trace, metadata: trace.metadata ?? {} };
}

/** Said once: what a trace says of itself, its processes and its threads. */
const isSaidOnce = (/** @type {{ ph: string, name: string }} */ { ph, name }) =>
  ph === 'M' || name === 'TracingStartedInBrowser' || name === 'TracingStartedInPage';

/** How the value under a key differs from tile to tile. Anything else is the same in all of them. */
const CHANGES = {
  ts: 'time',
  id: 'id',
  local: 'id',
  global: 'id',
  bind_id: 'id',
  requestId: 'id',
  navigationId: 'id',
  interactionId: 'count',
  softNavContextId: 'count',
  timeOrigin: 'time',
  requestTime: 'seconds',
  finishTime: 'seconds',
};

/** The events as text, in pieces between which stand the values that differ from tile to tile. */
function templateOf(/** @type {{ ph: string, name: string, ts?: number, dur?: number }[]} */ events) {
  const once = events.filter(isSaidOnce).map((event) => JSON.stringify(event));
  const repeated = events.filter((event) => !isSaidOnce(event) && typeof event.ts === 'number');
  const times = repeated.map(({ ts = 0 }) => ts).filter((ts) => ts > 0);
  const ends = repeated.map(({ ts = 0, dur = 0 }) => ts + dur);
  const text = repeated.map((event) => JSON.stringify(event, markChanges)).join(',\n');
  const pieces = text.split(MARK);
  return { once, pieces, span: largest(ends) + largest(times.map((ts) => -ts)) + 1000 };
}

const largest = (/** @type {number[]} */ values) => values.reduce((a, b) => Math.max(a, b), -Infinity);

/** A letter for private use, which JSON leaves as it is. Splits into text, kind, value, text, kind, value, … text. */
const MARK = /"\uE000(time|id|count|seconds)\uE000([^"]*)"/;

function markChanges(/** @type {string} */ key, /** @type {unknown} */ value) {
  const change = Object.hasOwn(CHANGES, key) ? CHANGES[key] : undefined;
  if (change === undefined || value === 0) return value;
  const fits = change === 'id' ? isPlain(value) : typeof value === 'number';
  return fits ? `\uE000${change}\uE000${String(value)}` : value;
}

const isPlain = (/** @type {unknown} */ value) => typeof value === 'string' && /^[\w.-]+$/.test(value);

function* tiles(
  /** @type {{ once: string[], pieces: string[], span: number }} */ { once, pieces, span },
  /** @type {unknown} */ metadata,
  /** @type {number} */ bytes,
) {
  yield `{"traceEvents":[\n${once.join(',\n')}`;
  for (let tile = 0, written = 0; written < bytes; tile++) {
    const text = `,\n${tileOf(pieces, tile, tile * span)}`;
    written += Buffer.byteLength(text);
    for (let at = 0; at < text.length; at += 2 ** 20) yield text.slice(at, at + 2 ** 20);
  }
  yield `\n],"metadata":${JSON.stringify(metadata)}}\n`;
}

function tileOf(/** @type {string[]} */ pieces, /** @type {number} */ tile, /** @type {number} */ shift) {
  const text = [pieces[0]];
  for (let at = 1; at < pieces.length; at += 3) {
    text.push(changed(pieces[at] ?? '', pieces[at + 1] ?? '', tile, shift), pieces[at + 2]);
  }
  return text.join('');
}

function changed(
  /** @type {string} */ kind,
  /** @type {string} */ value,
  /** @type {number} */ tile,
  /** @type {number} */ shift,
) {
  if (kind === 'time') return String(Number(value) + shift);
  if (kind === 'seconds') return String(Number(value) + shift / 1e6);
  if (kind === 'count') return String(Number(value) + tile * 1_000_000);
  return tile === 0 ? `"${value}"` : `"${value}${tile.toString(16).padStart(4, '0')}"`;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { megabytes: { type: 'string' } },
  });
  const [source, target] = positionals;
  const megabytes = Number(values.megabytes);
  if (source === undefined || target === undefined || !(megabytes > 0)) {
    console.error('usage: node scripts/make-large-trace.mjs <recorded> <target> --megabytes <n>');
    process.exitCode = 2;
  } else await makeLargeTrace({ source, target, megabytes });
}
