import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { readTrace } from '../../src/node/read-trace.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';
import { CorruptCompression } from '../../src/base/corrupt-compression.ts';
import { bytesOf, objectTrace } from '../support/trace-bytes.ts';
import { instant, mainThread, task } from '../support/trace-events.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inpact-read-trace-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(content: Uint8Array, name = 'trace.json'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const analyzeFile = (path: string): Promise<TraceResult> => analyze({ file: path, bytes: readTrace(path) });

/** Everything that a file yields, and whether it was damaged. */
async function read(content: Uint8Array): Promise<{ readonly text: string; readonly damaged: boolean }> {
  const chunks: Uint8Array[] = [];
  const text = (): string => Buffer.concat(chunks).toString('latin1');
  try {
    for await (const chunk of readTrace(await file(content))) chunks.push(Uint8Array.from(chunk));
  } catch (error) {
    if (!(error instanceof CorruptCompression)) throw error;
    return { text: text(), damaged: true };
  }
  return { text: text(), damaged: false };
}

const trace = objectTrace([...mainThread, task(0, 60)]);

/** Two megabytes that pack badly enough to span several pieces of the packed file. The digits of a fixed sequence. */
const large = bytesOf(
  `{"traceEvents":[${Array.from({ length: 40_000 }, (_, count) => {
    const noise = (count * 2_654_435_761) % 4_294_967_296;
    return JSON.stringify(instant('E', 0, { ts: noise, id: noise.toString(36) }));
  }).join(',\n')}]}`,
);
const largeText = Buffer.from(large).toString('latin1');

const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.with(at, (bytes[at] ?? 0) ^ 0xff);

describe('what a file is packed with is told by its first bytes', () => {
  test.each([
    ['plain, whatever its name says', trace, 'plain.json.gz'],
    ['gzip, whatever its name says', gzipSync(trace), 'packed.json'],
    ['zstd, whatever its name says', zstdCompressSync(trace), 'packed.txt'],
  ])('%s', async (_, content, name) => {
    expect(await analyzeFile(await file(content, name))).toMatchObject({
      partial: false,
      longTasks: { count: 1 },
    });
  });
});

describe('gzip', () => {
  test('of several members is read as one', async () => {
    const members = [trace.subarray(0, 50), trace.subarray(50, 51), trace.subarray(51)];
    const content = Buffer.concat(members.map((member) => gzipSync(member)));
    expect(await analyzeFile(await file(content))).toMatchObject({ partial: false, longTasks: { count: 1 } });
  });

  test.each([
    ['zeros', Buffer.alloc(1_000)],
    ['garbage', bytesOf('\nsome other file\n')],
  ])('followed by %s is whole', async (_, rest) => {
    expect(await read(Buffer.concat([gzipSync(large), rest]))).toEqual({ text: largeText, damaged: false });
  });

  test.each([0.2, 0.5, 0.9])(
    'cut short at %d of its length gives all events before the cut',
    async (part) => {
      const packed = gzipSync(large);
      const { text, damaged } = await read(packed.subarray(0, packed.length * part));
      expect(largeText.startsWith(text)).toBe(true);
      expect(text.length / large.length).toBeCloseTo(part, 1);
      expect(damaged).toBe(false);

      const result = await analyzeFile(join(folder, 'trace.json'));
      expect(result.partial).toMatchObject({ reason: 'cut-short' });
      expect(result.events.read).toBe(wholeEventsIn(text));
    },
  );

  test('with a wrong checksum gives all of it, and says that it is damaged', async () => {
    const packed = gzipSync(trace);
    // The last eight bytes are the checksum and the length.
    const result = await analyzeFile(await file(flipped(packed, packed.length - 8)));
    expect(result).toMatchObject({
      partial: { reason: 'corrupt-compression', atByte: trace.length },
      longTasks: { count: 1 },
    });
  });

  test.each([1, 1_000, 100_000, large.length - 1, large.length])(
    'damaged after %i unpacked bytes gives exactly these',
    async (length) => {
      const content = damagedAfter(large.subarray(0, length));
      expect(await read(content)).toEqual({ text: largeText.slice(0, length), damaged: true });
    },
  );

  test.each([0.1, 0.5, 0.95])('of which one byte is wrong, at %d of its length, is damaged', async (part) => {
    const packed = gzipSync(large);
    const content = flipped(packed, Math.floor(packed.length * part));
    expect(await read(content)).toMatchObject({ damaged: true });
  });

  test('damaged in the middle gives a result that says so, with the events before', async () => {
    const half = large.subarray(0, large.length >> 1);
    const result = await analyzeFile(await file(damagedAfter(half)));
    expect(result.partial).toMatchObject({ reason: 'corrupt-compression' });
    expect(result.events.read).toBe(wholeEventsIn(Buffer.from(half).toString('latin1')));
  });

  test('cut short within its header is no trace', async () => {
    await expect(analyzeFile(await file(gzipSync(trace).subarray(0, 6)))).rejects.toMatchObject({
      code: 'not-a-trace',
    });
  });
});

/** A gzip of these bytes that goes on with a block of a kind that does not exist. */
function damagedAfter(sound: Uint8Array): Uint8Array {
  const header = gzipSync('').subarray(0, 10);
  const blocks = deflateRawSync(sound, { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([header, blocks, Buffer.alloc(200_000, 0x07)]);
}

const wholeEventsIn = (text: string): number =>
  text.split('\n').filter((line) => /\}[,\]]?$/.test(line)).length;

describe('zstd', () => {
  test('cut short gives what could be unpacked, and a result that says that it ends early', async () => {
    const packed = zstdCompressSync(large);
    const { text } = await read(packed.subarray(0, packed.length >> 1));
    expect(text.length).toBeGreaterThan(large.length / 4);
    expect(largeText.startsWith(text)).toBe(true);
    expect((await analyzeFile(join(folder, 'trace.json'))).partial).not.toBe(false);
  });

  test('damaged gives what could be unpacked, and says so', async () => {
    const packed = zstdCompressSync(large);
    const half = packed.length >> 1;
    const { text, damaged } = await read(
      Buffer.concat([packed.subarray(0, half), Buffer.alloc(packed.length, 0xff)]),
    );
    expect(damaged).toBe(true);
    expect(text.length).toBeGreaterThan(large.length / 4);
  });
});

describe("what can't be read", () => {
  test('a missing file is named', async () => {
    const path = join(folder, 'missing.json');
    await expect(analyzeFile(path)).rejects.toMatchObject({
      code: 'no-such-file',
      message: expect.stringContaining(path),
    });
  });

  test('a folder is unreadable', async () => {
    const path = join(folder, 'folder.json');
    await mkdir(path);
    await expect(analyzeFile(path)).rejects.toMatchObject({ code: 'unreadable-file' });
  });

  test.each([
    ['an empty file', new Uint8Array(0)],
    ['a text', bytesOf('Dear diary')],
    ['a packed text', gzipSync('Dear diary')],
    ['another JSON', bytesOf('{"log":{"entries":[]}}')],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47])],
  ])('%s is not a trace', async (_, content) => {
    await expect(analyzeFile(await file(content))).rejects.toMatchObject({ code: 'not-a-trace' });
  });

  test('a large file that is no trace is let go of at once', async () => {
    const content = gzipSync(Buffer.alloc(50 * 2 ** 20, 'x'));
    await expect(analyzeFile(await file(content))).rejects.toMatchObject({ code: 'not-a-trace' });
  });
});

test('a file that is not there, and a folder, are told apart', async () => {
  await expect(analyzeFile(join(folder, 'missing.json'))).rejects.toMatchObject({ code: 'no-such-file' });
  await expect(analyzeFile(folder)).rejects.toMatchObject({
    code: 'unreadable-file',
    message: `${folder} can't be read: it is a folder`,
  });
});
