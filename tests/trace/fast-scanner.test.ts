import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FastScan } from '../../src/trace/fast-scan.ts';
import { FAST_SCAN_WASM } from '../../src/trace/fast-scan-wasm.ts';
import type { ScanPath } from '../../src/trace/scan-options.ts';
import type { Scan } from '../../src/trace/scan.ts';
import { NotATrace, Scanner } from '../../src/trace/scanner.ts';
import { SPAN_SIZE, SpanBlock, type Spans } from '../../src/trace/spans.ts';
import { bytesOf, inChunks } from '../support/trace-bytes.ts';

interface Build {
  readonly compiledModule: () => Promise<string>;
}
// The scripts are plain JavaScript, which the compiler does not look into from here.
const { compiledModule } = await vi.importActual<Build>('../../scripts/build-fast-scan.mjs');

interface Read {
  readonly rows: readonly string[];
  readonly scan: Scan;
}

interface Feed {
  readonly watched: readonly string[];
  readonly chunkBytes: number;
  readonly maxValueBytes?: number;
  readonly withOthers?: boolean;
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Everything that a path finds, or that it finds no trace. Rows as text: a hundred thousand objects take long to compare. */
function readBy(
  path: ScanPath,
  bytes: Uint8Array,
  { watched, chunkBytes, maxValueBytes, withOthers }: Feed,
): Read | string {
  const rows: string[] = [];
  const scanner = new Scanner(
    watched,
    (row, index) => {
      const { phase, ts, duration, cpu, pid, tid, asyncKey } = row;
      rows.push(
        JSON.stringify([
          watched[index] ?? textOf(row.nameBytes()),
          phase,
          ts,
          duration,
          cpu,
          pid,
          tid,
          asyncKey,
          row.args() ?? 'none',
        ]),
      );
    },
    { maxValueBytes, path, withOthers },
  );
  try {
    for (const chunk of inChunks(bytes, chunkBytes)) scanner.push(chunk);
    return { rows, scan: scanner.end(false) };
  } catch (error) {
    if (error instanceof NotATrace) return 'no trace';
    throw error;
  }
}

function expectSame(bytes: Uint8Array, feed: Feed): void {
  const whole = { ...feed, chunkBytes: bytes.length };
  expect(readBy('fast', bytes, feed)).toEqual(readBy('plain', bytes, whole));
  expect(completeBy('fast', bytes, feed)).toEqual(completeBy('plain', bytes, whole));
}

/** The numbers of complete events, which may come as spans, and how many other rows there are. */
function completeBy(
  path: ScanPath,
  bytes: Uint8Array,
  { watched, chunkBytes, maxValueBytes }: Feed,
): { readonly complete: readonly string[]; readonly others: number } {
  const complete: string[] = [];
  let others = 0;
  const onSpans = ({ numbers, count }: Spans): void => {
    for (let span = 0; span < count; span++) {
      complete.push([...numbers.subarray(span * SPAN_SIZE, (span + 1) * SPAN_SIZE)].map(String).join());
    }
  };
  const block = new SpanBlock();
  const scanner = new Scanner(
    watched,
    (row, name) => {
      if (row.phase !== 'X') others++;
      else {
        block.push(row, name);
        onSpans(block);
        block.clear();
      }
    },
    { maxValueBytes, path, spans: { names: watched.length, onSpans } },
  );
  try {
    for (const chunk of inChunks(bytes, chunkBytes)) scanner.push(chunk);
  } catch (error) {
    if (!(error instanceof NotATrace)) throw error;
  }
  return { complete, others };
}

test('the checked-in module is what its source compiles to', async () => {
  expect(await compiledModule()).toContain(FAST_SCAN_WASM);
}, 60_000);

const CHROME_EVENTS = [
  '{"args":{"name":"CrRendererMain"},"cat":"__metadata","name":"thread_name","ph":"M","pid":7,"tid":1,"ts":0}',
  '{"args":{},"cat":"toplevel","dur":51,"name":"RunTask","ph":"X","pid":7,"tdur":40,"tid":1,"ts":167477229386,"tts":5}',
  '{"args":{"data":{"frame":"F","url":"https://a.test/?q=\\"}]{[\\\\","stack":[{"line":1},{"line":[2]}]}},"cat":"c","id":"0x1","name":"EventTiming","ph":"b","pid":7,"tid":1,"ts":167477229386.123}',
  '{"args":{"data":{}},"cat":"c","id2":{"local":"0x2"},"name":"EventTiming","ph":"e","pid":7,"scope":"s","tid":1,"ts":167477229400}',
  `{"args":{"snapshot":"${'x'.repeat(300)}"},"cat":"c","name":"Screenshot","ph":"O","pid":7,"tid":1,"ts":167477229401}`,
];
const CHROME_TRACE = `{"traceEvents":[\n${CHROME_EVENTS.join(',\n')}\n],"metadata":{"a":"]}"}}`;
const CHROME_NAMES = ['RunTask', 'EventTiming', 'Screenshot', 'thread_name'];

test('events of other names, or of none, are handed on where they are asked for, and those whose name is no text never', () => {
  const events = ['{"name":"A","ph":"X","ts":1}', '{"ph":"X","ts":2}', '{"name":7,"ph":"X","ts":3}'];
  const bytes = bytesOf(`[${[...CHROME_EVENTS, '{"name":"e\\u0041","ph":"I","ts":4}', ...events].join()}]`);
  const feed = { watched: ['RunTask'], chunkBytes: 64 };
  for (const path of ['fast', 'plain'] as const) {
    const read = readBy(path, bytes, { ...feed, withOthers: true });
    const rows = typeof read === 'string' ? [] : read.rows.map((row): unknown => JSON.parse(row)[0]);
    expect(rows).toEqual([
      '"thread_name"',
      'RunTask',
      '"EventTiming"',
      '"EventTiming"',
      '"Screenshot"',
      '"e\\u0041"',
      '"A"',
      '',
    ]);
    expect(readBy(path, bytes, feed)).toMatchObject({ rows: [expect.stringContaining('"RunTask"')] });
  }
});

test('the fast path reads all that Chrome writes', () => {
  const bytes = bytesOf(CHROME_EVENTS.join(',\n'));
  const fast = FastScan.create(CHROME_NAMES, { maxEventBytes: 2 ** 20 });
  if (fast === null) throw new Error('this Node has no WebAssembly with SIMD');
  fast.buffer(bytes.length).set(bytes);
  expect(fast.scan(0, bytes.length)).toBe(bytes.length);
  expect([fast.read, fast.recordCount]).toEqual([5, 5]);
  expect([fast.firstTs, fast.lastTs]).toEqual([167_477_229_386, 167_477_229_401]);
});

describe('where WebAssembly is not to be had, the plain path reads all', () => {
  const { WebAssembly: own } = globalThis;
  const bytes = bytesOf(CHROME_TRACE);
  const feed = { watched: CHROME_NAMES, chunkBytes: 65_536 };
  const expected = readBy('plain', bytes, feed);
  afterEach(() => {
    vi.unstubAllGlobals();
    Object.assign(globalThis, { WebAssembly: own });
  });

  test('since the engine has none', () => {
    Reflect.deleteProperty(globalThis, 'WebAssembly');
    expect(readBy('fast', bytes, feed)).toEqual(expected);
  });

  test('since the page’s policy forbids it, or the engine lacks SIMD', () => {
    const refused = new Proxy(own.Instance, {
      construct: () => {
        throw new own.CompileError('refused');
      },
    });
    vi.stubGlobal('WebAssembly', {
      ...own,
      CompileError: own.CompileError,
      Module: refused,
      Instance: refused,
    });
    expect(readBy('fast', bytes, feed)).toEqual(expected);
  });
});

/** Traces that were recorded in Chrome: the project's own, and public ones where they are at hand. */
const FOLDERS = ['../../bench/recorded', '../../fixtures/traces', '../../../shared/traces'].map((folder) =>
  join(import.meta.dirname, folder),
);
const SMALL_BYTES = 12e6;

function recorded(): readonly (readonly [string, Uint8Array])[] {
  return FOLDERS.flatMap((folder) =>
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => /\.json(\.gz)?$/.test(name))
      .map((name) => {
        const bytes = readFileSync(join(folder, name));
        return [name, name.endsWith('.gz') ? gunzipSync(bytes) : bytes] as const;
      })
      .filter(([, bytes]) => bytes.length < SMALL_BYTES),
  );
}

/** The names in the bytes, so that every row is seen. */
const namesIn = (bytes: Uint8Array): readonly string[] => [
  ...new Set(
    [
      ...Buffer.from(bytes)
        .toString('latin1')
        .matchAll(/"name":"([\w.:]+)"/g),
    ].map(([, name]) => name ?? ''),
  ),
];

const event = (rest: string): string => `{"name":"A","ph":"X","ts":1${rest}}`;

describe('the fast path and the plain one find the same', () => {
  test.each(recorded())(
    'in the recorded trace %s',
    (_, bytes) => {
      expectSame(bytes, { watched: namesIn(bytes), chunkBytes: 65_536 });
      expectSame(bytes, { watched: ['RunTask'], withOthers: true, chunkBytes: 65_536 });
      const part = bytes.subarray(0, 300_000);
      for (const chunkBytes of [7, 4093]) expectSame(part, { watched: namesIn(part), chunkBytes });
      expectSame(part.subarray(0, 50_000), { watched: namesIn(part), chunkBytes: 1 });
    },
    60_000,
  );

  test.each([
    ['white space anywhere', '{ "name" :\t"A" ,\r\n"ph": "X", "ts" : 5 , "args": { "a" : [ ] } }'],
    ['an escaped name', '{"name":"\\u0041","ph":"X","ts":1}'],
    ['an escaped key', '{"na\\u006de":"A","ph":"X","ts":1}'],
    ['two of each key', '{"name":"B","ts":7,"ph":"I","ph":"X","ts":"9","name":"A","dur":5,"dur":{}}'],
    ['a number and then none', event(',"pid":5,"pid":"gpu","tid":[1],"dur":7,"dur":null')],
    ['sixty keys', event(Array.from({ length: 57 }, (_, key) => `,"k${String(key)}":0`).join(''))],
    ['sixty-four keys', event(Array.from({ length: 61 }, (_, key) => `,"k${String(key)}":0`).join(''))],
    ['sixty-five keys', event(Array.from({ length: 62 }, (_, key) => `,"k${String(key)}":0`).join(''))],
    ['a backslash outside a string', event(',"args":{\\}')],
    ['a backslash between brackets', event(',"args":[\\"]","b"]')],
    ['a backslash at the end of a block', event(`,"args":{"a":"${'x'.repeat(57)}\\\\","b":"\\""}`)],
    ['an escaped quote over the edge of a block', event(`,"args":{"a":"${'x'.repeat(56)}\\"]}","b":1}`)],
    ['sixty-four backslashes', event(`,"args":{"a":"${'\\\\'.repeat(40)}\\"}]"}`)],
    ['brackets of the wrong kind', event(',"args":{"a":[}},"dur":3')],
    ['a closing bracket for a brace', '{"name":"A","ph":"X","ts":1]'],
    ['a trailing comma', event(',')],
    ['no phase', '{"name":"A","ts":1}'],
    ['a phase and then none', '{"name":"A","ph":"X","ph":7,"ts":1}'],
    ['a number for a name', '{"name":123,"ph":"X","ts":1}'],
    ['a process without a thread', event(',"dur":1,"pid":7')],
    ['a key like scope', '{"name":"A","ph":"b","ts":1,"id":"1","scopx":"s"}'],
    ['a semicolon for a colon', '{"name";"A","ph":"X","ts":1}'],
    ['two values', event(',"dur":1 2')],
    ['a word for a number', event(',"dur":true')],
    ['a value that is missing', event(',"dur":')],
    ['a nested value and more', event(',"args":{}x')],
    ['a phase of two letters', '{"name":"A","ph":"XX","ts":1}'],
    ['a phase beyond ASCII', '{"name":"A","ph":"ü","ts":1}'],
    ['an escaped letter for a phase', '{"name":"A","ph":"\\u0058","ts":1}'],
    ['an escaped phase', '{"name":"A","ph":"\\n","ts":1}'],
    ['deep nesting', event(`,"args":${'['.repeat(500)}${']'.repeat(500)}`)],
    ['nesting that does not end', event(`,"args":${'{"a":'.repeat(100)}`)],
    ['other things among the events', `1,"a",null,[],{},${event('')}},:`],
    ['an event cut short', event('').slice(0, -5)],
    ['a string cut short', '{"name":"A","ph":"X","ts":1,"args":{"a":"b\\'],
  ])('in a list with %s', (_, text) => {
    const bytes = bytesOf(`[${CHROME_EVENTS.join(',')},${text},${CHROME_EVENTS.join(',')}]`);
    const watched = [...CHROME_NAMES, 'A'];
    for (const chunkBytes of [1, 7, 100, 4093, 65_536]) expectSame(bytes, { watched, chunkBytes });
    expectSame(bytes, { watched: ['RunTask'], withOthers: true, chunkBytes: 65_536 });
  });

  // prettier-ignore
  test.each([
    '0', '-0', '007', '12345678', '123456789', '999999999999999', '1234567890123456', '18446744073709551615',
    '1.5', '0.1', '12345678.9', '167477229386.123', '123456789012.3456', '1.', '.5', '1.5.5', '1e5', '-7',
    '1.7976931348623157e308', '1e400', '"12"', '"12', '+1', '99999999999999999999', '12345678901234.5678', '252950.27184671150', '1234567;', '1234567:', '0x10', 'NaN', '', '1_0', '00000000000000000001',
  ])('for a timestamp, a duration and a process written as %s', (number) => {
    const bytes = bytesOf(
      `[{"name":"A","ph":"X","ts":${number},"dur":${number},"pid":${number},"tid":1},${event(`,"dur":${number}`)},${event(`,"dur":5,"pid":1,"tid":1,"tdur":${number}`)},${event('')}]`,
    );
    for (const chunkBytes of [1, 65_536]) expectSame(bytes, { watched: ['A'], chunkBytes });
  });

  test.each(['B', 'E', 'I', 'X', 'i', 'b', 'M'])('for an event %s at 0, and one with a time', (phase) => {
    const at = (ts: number): string => `{"name":"A","ph":"${phase}","ts":${String(ts)},"pid":1,"tid":1}`;
    const filler = event(',"args":{"text":"enough for a call of the fast path"}');
    for (const ts of [0, 5])
      expectSame(bytesOf(`[${at(ts)},${filler}]`), { watched: ['A'], chunkBytes: 65_536 });
  });

  test('for names of all lengths, watched and not', () => {
    const names = Array.from({ length: 70 }, (_, length) => 'abcdefghij'.repeat(7).slice(0, length));
    const others = names.flatMap((name) => [`${name}x`, `x${name}`, name.replace('c', 'X')]);
    const events = [...names, ...others].map((name) => `{"name":"${name}","ph":"X","ts":1}`);
    expectSame(bytesOf(`[${events.join(',')}]`), { watched: names, chunkBytes: 65_536 });
  });

  test('where events are larger than is allowed', () => {
    const bytes = bytesOf(CHROME_TRACE);
    for (const maxValueBytes of [100, 109, 110, 111, 400]) {
      expectSame(bytes, { watched: CHROME_NAMES, chunkBytes: 65_536, maxValueBytes });
    }
  });

  test('for more watched events than one call gives', () => {
    const bytes = bytesOf(`[${Array.from({ length: 3_000 }, () => CHROME_EVENTS[1]).join(',')}]`);
    for (const chunkBytes of [4093, 2 ** 20]) expectSame(bytes, { watched: ['RunTask'], chunkBytes });
  });

  /** Bytes that mean something in JSON come often. */
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 3 }),
    fc
      .constantFrom(
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '0',
        '-',
        '.',
        'e9',
        ' ',
        '\n',
        '"ph":"X",',
        '{}',
      )
      .map(bytesOf),
  );
  const change = fc.record({ at: fc.nat(CHROME_TRACE.length), removed: fc.nat(12), inserted: piece });
  const changes = fc.array(change, { minLength: 1, maxLength: 5 });

  test('in damaged bytes, however they are cut into chunks', () => {
    fc.assert(
      fc.property(changes, fc.constantFrom(1, 7, 64, 333, 4093, 65_536), (made, chunkBytes) => {
        const bytes = made.reduce<Uint8Array>(
          (damaged, { at, removed, inserted }) =>
            Buffer.concat([damaged.subarray(0, at), inserted, damaged.subarray(at + removed)]),
          bytesOf(CHROME_TRACE),
        );
        expectSame(bytes, { watched: CHROME_NAMES, chunkBytes });
      }),
      { seed: 20_261_123, numRuns: 10_000 },
    );
  }, 120_000);
});
