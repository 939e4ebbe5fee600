import { describe, expect, test } from 'vitest';
import { NotATrace, Scanner } from '../../src/trace/scanner.ts';
import { scanned } from '../support/scan.ts';
import { bytesOf } from '../support/trace-bytes.ts';

const A = '{"name":"A","ph":"X","ts":1,"dur":2,"pid":3,"tid":4}';
const B = '{"name":"B","ph":"I","ts":5,"pid":3,"tid":4}';

const namesIn = (text: string): readonly string[] => scanned(bytesOf(text)).events.map(({ name }) => name);

test.each([
  ['the array form', `[${A},${B}]`],
  ['the object form', `{"traceEvents":[${A},${B}]}`],
  ['events after other keys', `{"otherData":{"traceEvents":[1]},"x":[[]],"traceEvents":[${A},${B}]}`],
  ['events before other keys', `{"traceEvents":[${A},${B}],"samples":[],"displayTimeUnit":"ms"}`],
  ['a byte order mark', `\uFEFF[${A},${B}]`],
  ['white space around everything', ` \r\n\t{ "traceEvents" : [ ${A} , ${B} ] } \n`],
  ['line breaks of Windows', `[\r\n${A},\r\n${B}\r\n]\r\n`],
  ['pretty-printed events', JSON.stringify([JSON.parse(A), JSON.parse(B)], null, 2)],
  ['a trailing comma', `[${A},${B},]`],
  ['a trailing comma and no closing bracket', `[${A},\n${B},\n`],
  ['no closing bracket', `[${A},${B}`],
  ['no commas', `[${A}${B}]`],
  ['two lists of events', `{"traceEvents":[${A}],"traceEvents":[${B}]}`],
  ['a number as its last value', `{"traceEvents":[${A},${B}],"version":1}`],
  ['an empty key', `{"":{"traceEvents":[1]},"traceEvents":[${A},${B}]}`],
  ['an escaped key', `{"trace\\u0045vents":[${A},${B}]}`],
  ['garbage after the end', `[${A},${B}]; console.log("]}")`],
])('%s is a whole trace', (_, text) => {
  expect(namesIn(text)).toEqual(['A', 'B']);
  expect(scanned(bytesOf(text)).scan.cut).toBeNull();
});

test.each([
  ['null', `[${A},null,${B}]`, 1],
  ['a number', `[${A},-1.5e3,${B}]`, 1],
  ['a number at the end', `[${A},${B},1]`, 1],
  ['a number without a comma', `[${A},1 ${B}]`, 1],
  ['a string that looks like an end', `[${A},"}]}",${B}]`, 1],
  ['true and false', `[true,${A},false,${B}]`, 2],
  ['a list', `[${A},[{"name":"A"},[]],${B}]`, 1],
  ['a brace too many', `[${A}},${B}]`, 1],
])('%s among the events is left out and counted', (_, text, dropped) => {
  const { events, scan } = scanned(bytesOf(text));
  expect(events.map(({ name }) => name)).toEqual(['A', 'B']);
  expect(scan.read).toBe(2);
  expect(scan.dropped).toMatchObject({ 'not-an-object': dropped });
});

test.each([
  ['no phase', '{"name":"A","ts":1}', 'no-phase'],
  ['nothing in it', '{}', 'no-phase'],
  ['a blank in it', '{ \n }', 'no-phase'],
  ['an empty phase', '{"name":"A","ph":"","ts":1}', 'no-phase'],
  ['an escaped phase of two letters', '{"name":"A","ph":"\\u0058X","ts":1}', 'no-phase'],
  ['a phase of two letters', '{"name":"A","ph":"XX","ts":1}', 'no-phase'],
  ['a phase that is no string', '{"name":"A","ph":null,"ts":1}', 'no-phase'],
  ['a phase of three digits', '{"name":"A","ph":123,"ts":1}', 'no-phase'],
  ['no timestamp', '{"name":"A","ph":"X"}', 'no-timestamp'],
  ['a timestamp in words', '{"name":"A","ph":"X","ts":"now"}', 'no-timestamp'],
  ['a timestamp beyond all clocks', '{"name":"A","ph":"X","ts":1e300}', 'no-timestamp'],
  ['a key without a value', '{"name":"A","ph":"X","ts":}', 'malformed'],
  ['a value without a key', '{"name":"A","ph":"X",1}', 'malformed'],
  ['a key that is no string', '{name:"A","ph":"X","ts":1}', 'malformed'],
  ['a letter before a key', '{"name":"A","ph":"X","ts":1,a"id":2}', 'malformed'],
  ['a letter after a key', '{"name":"A","ph":"X","ts":1,"id"a:2}', 'malformed'],
  ['no key at all', '{"name":"A","ph":"X","ts":1,:2}', 'malformed'],
  ['a word in it', '{oops}', 'malformed'],
  ['nothing in it, closed like a list', '{ ]', 'malformed'],
  ['a trailing comma', '{"name":"A","ph":"X","ts":1,}', 'malformed'],
  ['two colons', '{"name"::"A","ph":"X","ts":1}', 'malformed'],
  ['the wrong closing bracket', '{"name":"A","ph":"X","ts":1]', 'malformed'],
] as const)('an event with %s is left out and counted, and the next is read', (_, event, reason) => {
  const { events, scan } = scanned(bytesOf(`[${event},${B}]`));
  expect(events.map(({ name }) => name)).toEqual(['B']);
  expect(scan).toMatchObject({ read: 1, cut: null });
  expect(scan.dropped).toEqual({ ...NOTHING_DROPPED, [reason]: 1 });
});

test('a letter may be escaped as JSON allows it, the phase too', () => {
  const { events, scan } = scanned(bytesOf(`[{"name":"A","ph":"\\u0058","ts":1,"dur":2},${B}]`));
  expect(events).toMatchObject([{ name: 'A', phase: 'X', duration: 2 }, { name: 'B' }]);
  expect(scan.dropped).toEqual(NOTHING_DROPPED);
});

const NOTHING_DROPPED = {
  'not-an-object': 0,
  malformed: 0,
  'no-phase': 0,
  'no-timestamp': 0,
  oversized: 0,
};

const withKeys = (count: number): string =>
  `{"name":"A","ph":"I","ts":1${Array.from({ length: count - 3 }, (_, key) => `,"k${String(key)}":0`).join('')}}`;

test('an event with more than 64 keys is left out and counted', () => {
  expect(namesIn(`[${withKeys(64)}]`)).toEqual(['A']);
  const { scan } = scanned(bytesOf(`[${withKeys(65)},${B}]`));
  expect(scan).toMatchObject({ read: 1, dropped: { malformed: 1 } });
});

describe('an event above the size limit', () => {
  const large = `{"name":"A","ph":"I","ts":1,"args":{"text":"${'x'.repeat(900)}\\"}]"}}`;

  test.each([1, 7, 100, 65_536])('is left out and counted in chunks of %i bytes', (chunkBytes) => {
    const { events, scan } = scanned(bytesOf(`[${large},${B}]`), { chunkBytes, maxValueBytes: 500 });
    expect(events.map(({ name }) => name)).toEqual(['B']);
    expect(scan).toMatchObject({ read: 1, cut: null, dropped: { ...NOTHING_DROPPED, oversized: 1 } });
  });

  test.each([1, 7, 100, 65_536])('is read at just the limit in chunks of %i bytes', (chunkBytes) => {
    const limits = { chunkBytes, maxValueBytes: large.length };
    expect(scanned(bytesOf(`[${large}]`), limits).scan.read).toBe(1);
  });

  test.each([1, 7, 100, 65_536])('says nothing as metadata, in chunks of %i bytes', (chunkBytes) => {
    const text = `{"metadata":${large},"traceEvents":[${B}]}`;
    const { scan } = scanned(bytesOf(text), { chunkBytes, maxValueBytes: 500 });
    expect(scan).toMatchObject({ read: 1, metadata: undefined, cut: null });
  });
});

describe('metadata', () => {
  const metadata = { 'clock-domain': 'LINUX "CLOCK"', nested: [{ a: '}]\\' }] };

  test.each([
    ['before the events', `{"metadata":${JSON.stringify(metadata)},"traceEvents":[${A}]}`],
    ['after the events', `{"traceEvents":[${A}],"metadata":${JSON.stringify(metadata)}}`],
  ])('%s is kept, however the trace is cut into chunks', (_, text) => {
    for (const chunkBytes of [1, 2, 3, 7, 65_536]) {
      expect(scanned(bytesOf(text), { chunkBytes }).scan.metadata).toEqual(metadata);
    }
  });

  test('is what is called so, and nothing else of the outer object', () => {
    const { scan } = scanned(bytesOf(`{"otherData":{"a":1},"traceEvents":[${A}],"samples":[2]}`));
    expect(scan.metadata).toBeUndefined();
  });

  test('is kept at just the size limit', () => {
    const text = JSON.stringify({ a: 'x'.repeat(100) });
    const trace = bytesOf(`{"metadata":${text},"traceEvents":[${A}]}`);
    expect(scanned(trace, { maxValueBytes: text.length }).scan.metadata).toEqual(JSON.parse(text));
    expect(scanned(trace, { maxValueBytes: text.length - 1 }).scan.metadata).toBeUndefined();
  });

  test('that is no JSON says nothing', () => {
    const { events, scan } = scanned(bytesOf(`{"metadata":{oops},"traceEvents":[${A}]}`));
    expect([events.length, scan.metadata]).toEqual([1, undefined]);
  });
});

describe('what is no trace', () => {
  test.each([
    ['nothing', ''],
    ['white space', ' \n\t '],
    ['a byte order mark alone', '\uFEFF'],
    ['a number', '12'],
    ['a string', '"traceEvents"'],
    ['a page', '<!doctype html>'],
    ['an object without events', '{"version":1,"nodes":[]}'],
    ['an object whose events are no list', '{"traceEvents":{"name":"A"}}'],
    ['a script', '{ const traceEvents = []; }'],
    ['an object with a broken key', '{"version" 1}'],
  ])('%s is refused', (_, text) => {
    for (const chunkBytes of [1, 65_536]) {
      expect(() => scanned(bytesOf(text), { chunkBytes })).toThrow(NotATrace);
    }
  });

  test('text in another encoding is refused', () => {
    expect(() => scanned(new Uint8Array([0xff, 0xfe, 0x5b, 0, 0x5d, 0]))).toThrow(NotATrace);
  });
});

test('an object that breaks after its events keeps them and says where it broke', () => {
  const sound = `{"traceEvents":[${A},${B}]`;
  const { events, scan } = scanned(bytesOf(`${sound}], "metadata":{}}`));
  expect(events.map(({ name }) => name)).toEqual(['A', 'B']);
  expect(scan.cut).toEqual({ reason: 'malformed', atByte: sound.length });
});

test.each([7, 65_536])(
  'a break beyond what the buffer holds is told by its byte in the trace, in chunks of %i',
  (chunkBytes) => {
    const sound = `{"traceEvents":[${`${A},`.repeat(3000)}${B}]`;
    const { scan } = scanned(bytesOf(`${sound}]`), { chunkBytes });
    expect(scan.cut).toEqual({ reason: 'malformed', atByte: sound.length });
  },
);

test('a trace that ends between two events ends there, and not where the last began', () => {
  const text = `{"traceEvents":[${B},`;
  expect(scanned(bytesOf(text)).scan.cut).toEqual({ reason: 'cut-short', atByte: text.length });
});

test('a trace whose packed form is damaged is not whole, though it has its last bracket', () => {
  const text = `[${A},${B}]`;
  const scanner = new Scanner([], () => undefined);
  scanner.push(bytesOf(text));
  expect(scanner.end(true).cut).toEqual({ reason: 'corrupt-compression', atByte: text.length });
});

test('nesting of a hundred thousand levels in an event, among the events and beside them is read', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const event = `{"name":"A","ph":"I","ts":1,"args":{"deep":${deep}}}`;
  const { events, scan } = scanned(
    bytesOf(`{"x":${deep},"traceEvents":[${event},${deep},${B}],"metadata":${deep}}`),
  );
  expect(events.map(({ name }) => name)).toEqual(['A', 'B']);
  expect(scan).toMatchObject({ read: 2, dropped: { 'not-an-object': 1 }, cut: null });
});

test('bytes that are no UTF-8 stop nothing', () => {
  const text = bytesOf(`[{"name":"A","ph":"I","ts":1,"args":{"title":"??"}},${B}]`);
  const bytes = text.map((byte) => (byte === '?'.charCodeAt(0) ? 0xc3 : byte));
  const { events } = scanned(bytes, { chunkBytes: 1 });
  expect(events.map(({ name, args }) => [name, args])).toEqual([
    ['A', { title: '\uFFFD\uFFFD' }],
    ['B', undefined],
  ]);
});
