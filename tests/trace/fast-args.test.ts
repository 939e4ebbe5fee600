import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { argPath, PATH_KEYS, valueAt } from '../../src/trace/arg-paths.ts';
import { ABSENT, ESCAPED_TEXT } from '../../src/trace/fast-args.ts';
import { FastScan } from '../../src/trace/fast-scan.ts';
import { isObject, saneNumber } from '../../src/trace/json.ts';
import type { Row } from '../../src/trace/row.ts';
import { Scanner } from '../../src/trace/scanner.ts';
import { bytesOf, inChunks } from '../support/trace-bytes.ts';

type Found = readonly [number | undefined, string | undefined, boolean];

/** What a row finds at every path from the bytes, and what parsing the arguments as JSON gives: the same. */
function foundIn(row: Row): { readonly read: readonly Found[]; readonly parsed: readonly Found[] } {
  const paths = PATH_KEYS.map((_, path) => path);
  return {
    read: paths.map((path): Found => [row.argNumber(path), row.argText(path), row.hasArg(path)]),
    parsed: paths.map((path): Found => {
      const value = valueAt(row.args(), path);
      return [saneNumber(value), typeof value === 'string' ? value : undefined, value !== undefined];
    }),
  };
}

/** Scans, and compares the rows, all or one of so many. Says how many there were, and how many values were found. */
function compareAll(
  bytes: Uint8Array,
  { every = 1, chunkBytes = 65_536 } = {},
): { readonly rows: number; readonly values: number } {
  let rows = 0;
  let values = 0;
  const scanner = new Scanner(
    [],
    (row) => {
      if (rows++ % every !== 0) return;
      const { read, parsed } = foundIn(row);
      values += read.filter(([, , isThere]) => isThere).length;
      // Comparing texts first: the matcher takes a hundred times as long.
      if (JSON.stringify(read) !== JSON.stringify(parsed)) expect(read).toEqual(parsed);
    },
    { withOthers: true },
  );
  for (const chunk of inChunks(bytes, chunkBytes)) scanner.push(chunk);
  return { rows, values };
}

const FOLDERS = ['../../bench/recorded', '../../fixtures/traces', '../../../shared/traces'].map((folder) =>
  join(import.meta.dirname, folder),
);
const SMALL_BYTES = 3e6;

const RECORDED = FOLDERS.flatMap((folder) =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => /\.json(\.gz)?$/.test(name))
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      return [name, name.endsWith('.gz') ? gunzipSync(bytes) : bytes] as const;
    }),
);

test.each(RECORDED)(
  'of the recorded trace %s arguments are read as JSON.parse reads them',
  (_, bytes) => {
    expect(compareAll(bytes.subarray(0, SMALL_BYTES), { every: 3 }).rows).toBeGreaterThan(0);
  },
  60_000,
);

test('what Chrome writes is read from its bytes, without JSON.parse', () => {
  const bytes = bytesOf(
    '{"data":{"frame":"F","stackTrace":[{"lineNumber":1,"url":"pptr:x"}],"type":"\\"click\\""}}',
  );
  const fast = FastScan.create([], { maxEventBytes: 2 ** 20 });
  if (fast === null) throw new Error('this Node has no WebAssembly with SIMD');
  const buffer = fast.buffer(bytes.length);
  buffer.set(bytes);
  expect(fast.args.read(0, bytes.length)).toBe(true);
  expect(fast.args.text(argPath('data.frame'), buffer)).toBe('F');
  expect(fast.args.kind(argPath('data.type'))).toBe(ESCAPED_TEXT);
  expect(fast.args.number(argPath('data.stackTrace[0].lineNumber'))).toBe(1);
  expect(fast.args.kind(argPath('data.nodeId'))).toBe(ABSENT);
  expect(fast.args.read(0, bytes.length - 1)).toBe(false);
});

const argsOf = (args: string): Uint8Array => bytesOf(`[{"args":${args},"name":"A","ph":"I","ts":1},{}]`);

test.each([
  ['nothing', '{}', 0],
  ['white space', '{ "data" : { "frame" :\t"F" ,\n"nodeId": 7 } }', 3],
  ['escapes', '{"data":{"frame":"a\\"b\\u0041\\n\\/"}}', 2],
  ['text beyond ASCII', '{"frame":"größer 😀"}', 1],
  ['a long text', `{"frame":"${'x'.repeat(500)}"}`, 1],
  ['an escaped key', '{"dat\\u0061":{"frame":"F"}}', 2],
  ['two of one key', '{"data":{"frame":"F","nodeId":1},"data":{"frame":"G"}}', 2],
  ['two of one key inside', '{"data":{"frame":"F","frame":7}}', 2],
  ['numbers', '{"nodeId":-0,"data":{"nodeId":1.5e3,"id":-12.25,"timeStamp":1234567890123456.5}}', 5],
  [
    'numbers of more digits than a double has',
    '{"nodeId":252950.27184671150,"data":{"nodeId":521117036.65476410}}',
    3,
  ],
  ['numbers beyond all proportion', '{"nodeId":1e400,"data":{"nodeId":1e30}}', 3],
  ['words', '{"nodeId":true,"frame":null,"data":false}', 3],
  ['a list where an object was', '{"data":[{"frame":"F"}],"context":[]}', 1],
  ['a stack', '{"data":{"stackTrace":[{"url":"u","lineNumber":3},{"url":"v"}]}}', 4],
  ['an empty stack', '{"data":{"stackTrace":[]}}', 1],
  ['a key that looks like the first of a list', '{"data":{"stackTrace":{"[0]":{"url":"u"}}}}', 1],
  ['no object', '"frame"', 0],
  ['deep nesting', `{"x":${'['.repeat(100)}${']'.repeat(100)},"nodeId":1}`, 1],
] as const)('arguments with %s are read as JSON.parse reads them', (_, args, values) => {
  for (const chunkBytes of [7, 65_536]) expect(compareAll(argsOf(args), { chunkBytes }).values).toBe(values);
});

test.each([
  '{"nodeId":01}',
  '{"nodeId":1.}',
  '{"nodeId":.5}',
  '{"nodeId":+1}',
  '{"nodeId":1e}',
  '{"nodeId":-}',
  '{"nodeId":1,}',
  '{"nodeId":1,"x":[1,]}',
  '{"nodeId":1,"x":[1 2]}',
  '{"nodeId":1,"x":tru}',
  '{"nodeId":1,"x":trap}',
  '{"nodeId":1;"x":1}',
  '{"nodeId":1,"x";1}',
  '{"nodeId":1,"x":[1;2]}',
  '{"nodeId":1,"x":"\tn"}',
  '{"nodeId":1,"x":"\\u123g"}',
  '{"nodeId":1,"x":fatal}',
  '{"nodeId":1,"x":nulL}',
  '{"nodeId":1,"x":"\\x"}',
  '{"nodeId":1,"x":"\\u12g4"}',
  '{"nodeId":1,"x":"\t"}',
  '{"nodeId":1,"x"}',
  '{"nodeId":1,x:1}',
  '{"nodeId":1 "x":1}',
  '{"nodeId":1]',
  '{"nodeId":[1}}',
])('of %s, which is no JSON, nothing is read', (args) => {
  expect(compareAll(argsOf(args)).values).toBe(0);
});

test.each<readonly [string, number, (index: number) => string]>([
  ['more short ones than are remembered', 2100, String],
  ['more long ones than there is room for', 700, (index) => String(index).padStart(60, 'F')],
  ['too long to be remembered', 3, (index) => String(index).padStart(100, 'F')],
  ['alike at both ends, by which they are looked up', 20, (index) => `function${String(index + 10)}OfTheApp`],
])('texts are read as JSON.parse reads them: %s', (_, count, textOf) => {
  const events = Array.from(
    { length: count },
    (__, index) => `{"args":{"frame":"${textOf(index)}"},"name":"A","ph":"I","ts":1}`,
  );
  // Twice: what was read before is remembered.
  const bytes = bytesOf(`[${[...events, ...events].join(',')}]`);
  expect(compareAll(bytes)).toEqual({ rows: 2 * count, values: 2 * count });
});

test('arguments a hundred thousand levels deep are read as JSON.parse reads them', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(compareAll(argsOf(`{"x":${deep},"nodeId":1}`)).values).toBe(1);
});

test('whatever becomes of the bytes, both read the same', () => {
  const keys = [...new Set(PATH_KEYS.flat())];
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(
        fc.double(),
        fc.integer(),
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(true, false, null),
      ),
      fc.dictionary(fc.constantFrom(...keys), tie('node')),
      fc.array(tie('node'), { maxLength: 3 }),
    ),
  })).node;
  const damage = fc.record({ at: fc.nat(400), byte: fc.constantFrom(...Array.from('{}[]",:\\0.e- tx\n')) });
  fc.assert(
    fc.property(value.filter(isObject), fc.array(damage, { maxLength: 2 }), (args, damages) => {
      const text = Array.from(JSON.stringify(args));
      for (const { at, byte } of damages) if (at < text.length) text[at] = byte;
      compareAll(argsOf(text.join('')));
    }),
    { numRuns: 5000 },
  );
}, 60_000);
