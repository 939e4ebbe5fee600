import { describe, expect, test } from 'vitest';
import { interaction } from '../support/interactions.ts';
import { request } from '../support/requests.ts';
import { scanned } from '../support/scan.ts';
import { arrayTrace, bytesOf, comparable, inChunks, objectTrace } from '../support/trace-bytes.ts';
import { mainThread, task, type TraceEvent } from '../support/trace-events.ts';
import { gatherFacts } from '../../src/timeline/facts.ts';

const CHUNK_BYTES = [1, 2, 3, 7, 4093, 65_536];

const events: readonly TraceEvent[] = [
  ...mainThread,
  ...Array.from({ length: 30 }, (_, count) =>
    task(count * 100, 60, { args: { title: 'quote " \\ brace }] ü 😀' } }),
  ),
  ...interaction({ interactionId: 7, type: 'click', start: 10, processing: [15, 40], end: 64 }),
  ...request({
    requestId: '1',
    url: 'https://page.test/api?q="\\',
    sent: 20,
    response: { headers: 30, seen: 40, serverTiming: ['db;desc="a, \\" b"'] },
    finish: { lastByte: 50, seen: 60 },
  }),
];
const metadata = { 'clock-domain': 'LINUX_CLOCK_MONOTONIC', note: 'ends in a backslash \\' };

const MALFORMED = [
  '[{"ph":"X","ts":1,"name":"A"}},{"ph":"X"},null,"a\\"]",{"name":"B","ph":"I","ts":2}',
  '{"traceEvents":[{"ph":"X","ts":1,"name":"A"}]],"metadata":{}}',
  '{"x":"\\\\","traceEvents":[{"name":"A\\\\","ph":"X","ts":1},{"na\\u006de":"A","name":"\\u0041","ph":"X","ts":2}',
  '[{"name":"A","ph":"X","ts":1,"args":{"a":[}},{"name":"B","ph":"X","ts":2}]',
  '[1{"a":2}3,[4],:,{"name":"A","ph":"X","ts":5},"unclosed',
];

describe('however a trace is cut into chunks', () => {
  test.each([
    ['the object form', objectTrace(events, { after: { metadata } })],
    ['the object form, metadata first', objectTrace(events, { before: { metadata } })],
    ['the array form', arrayTrace(events)],
    ['a pretty-printed trace', bytesOf(JSON.stringify({ traceEvents: events, metadata }, null, '\t'))],
    ['a trace cut short', objectTrace(events).subarray(0, 3000)],
  ])('%s gives the same facts', async (_, bytes) => {
    const whole = comparable(await gatherFacts([bytes]));
    for (const size of CHUNK_BYTES) {
      expect(comparable(await gatherFacts(inChunks(bytes, size)))).toEqual(whole);
    }
  });

  test.each(MALFORMED)('%s gives the same events, and is said to be cut at the same byte', (text) => {
    const whole = scanned(bytesOf(text));
    for (const chunkBytes of CHUNK_BYTES) expect(scanned(bytesOf(text), { chunkBytes })).toEqual(whole);
  });

  test('empty chunks change nothing', async () => {
    const bytes = arrayTrace(events);
    const chunks = [...inChunks(bytes, 100)].flatMap((chunk) => [new Uint8Array(0), chunk]);
    expect(comparable(await gatherFacts(chunks))).toEqual(comparable(await gatherFacts([bytes])));
  });
});

test('the array form says what the object form says', async () => {
  const object = comparable(await gatherFacts([objectTrace(events)]));
  expect(comparable(await gatherFacts([arrayTrace(events)]))).toEqual(object);
});

test('a backslash may be the last byte of a chunk, in an event and in metadata', () => {
  const value = String.raw`\\\"\u0041\\`;
  const text = `{"metadata":{"a":"${value}"},"traceEvents":[{"name":"A","ph":"X","ts":1,"args":{"a":"${value}"}}]}`;
  for (let at = text.indexOf('\\'); at !== -1; at = text.indexOf('\\', at + 1)) {
    const { events: found, scan } = scanned(bytesOf(text), { chunkBytes: at + 1 });
    expect(found.map(({ args }) => args)).toEqual([{ a: '\\"A\\' }]);
    expect(scan).toMatchObject({ metadata: { a: '\\"A\\' }, cut: null });
  }
});

test.each([
  ['an event', '{"traceEvents":[{"name":"A","ph":"X","ts":1,"args":{"a":"', '"}}]}'],
  ['metadata', '{"traceEvents":[{"name":"A","ph":"X","ts":1}],"metadata":{"a":"', '"}}'],
])('a backslash in %s may be the last byte that the buffer has room for', (_, before, after) => {
  // The buffer begins with 64 KB.
  const value = 'x'.repeat(65_536 - before.length - 1);
  const { events: found, scan } = scanned(bytesOf(`${before}${value}\\"${after}`), { chunkBytes: 65_536 });
  expect(scan.cut).toBeNull();
  expect([scan.metadata, found[0]?.args]).toContainEqual({ a: `${value}"` });
});
