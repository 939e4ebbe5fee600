import { expect, test } from 'vitest';
import type { WebSocketResult } from '../../src/result/causes-result.ts';
import { started, stackTop } from '../support/causes.ts';
import { describeTrace } from '../support/described.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { instant, mainThread, PAGE, type TraceEvent } from '../support/trace-events.ts';

const event = (name: string, ms: number, data: TraceEvent = {}, pid: number = PAGE.pid): TraceEvent =>
  instant(`WebSocket${name}`, ms, { pid, args: { data: { identifier: 5, ...data } } });

const create = event('Create', 10, { url: 'wss://api.test/live?token=abc', stackTrace: [stackTop('open')] });

const socketsOf = async (...events: readonly TraceEvent[]): Promise<readonly WebSocketResult[]> =>
  describeTrace('trace.json', await factsOf(mainThread, ...events)).webSockets;

test('a connection has its times, its messages, and the line that opened it', async () => {
  const events = [
    event('Receive', 60, { dataLength: 500 }),
    event('Receive', 50, { dataLength: 300 }),
    event('Send', 40, { dataLength: 20 }),
    event('ReceiveHandshakeResponse', 30),
    event('Destroy', 90),
    create,
  ];
  expect(await socketsOf(...events)).toEqual([
    {
      url: 'wss://api.test/live?token=[3 characters]',
      startMs: 10,
      openedMs: 30,
      closedMs: 90,
      initiator: {
        type: 'script',
        url: 'https://page.test/app.js',
        line: 3,
        column: 7,
        functionName: 'open',
      },
      sentMessages: 1,
      sentBytes: 20,
      receivedMessages: 2,
      receivedBytes: 800,
    },
  ]);
});

test('what never came is unavailable', async () => {
  expect(await socketsOf(event('Create', 10, { url: 'ws://a.test/' }))).toMatchObject([
    {
      openedMs: { unavailable: 'not-opened' },
      closedMs: { unavailable: 'not-closed' },
      initiator: { unavailable: 'not-recorded' },
    },
  ]);
});

const ELSEWHERE = [event('Create', 5, { url: 'ws://b.test/' }, 20), event('Send', 6, { dataLength: 1 }, 20)];

test('identifiers count within a process', async () => {
  const iframe = started({ frame: 'MAIN', pid: PAGE.pid }, { frame: 'AD', parent: 'MAIN', pid: 20 });
  const facts = await factsOf(iframe, create, ...ELSEWHERE);
  const { webSockets } = describeTrace('trace.json', facts);
  expect(webSockets.map(({ sentMessages }) => sentMessages)).toEqual([1, 0]);
});

test("those of other tabs are not the page's", async () => {
  expect(await socketsOf(create, ...ELSEWHERE)).toMatchObject([{ sentMessages: 0 }]);
});

test('connections come in the order in which they were opened, and those without a number are none', async () => {
  const events = [
    event('Create', 50, { identifier: 6, url: 'wss://b.test/' }),
    event('Create', 5, { identifier: undefined, url: 'wss://c.test/' }),
    event('Create', 9, { identifier: 7 }),
    create,
  ];
  expect((await socketsOf(...events)).map(({ startMs }) => startMs)).toEqual([10, 50]);
});

test('of two answers to a handshake the first opened the connection', async () => {
  const events = [event('ReceiveHandshakeResponse', 40), event('ReceiveHandshakeResponse', 30), create];
  expect(await socketsOf(...events)).toMatchObject([{ openedMs: 30 }]);
});

test('one that was open before the trace began is left out', async () => {
  expect(await socketsOf(event('Send', 40, { dataLength: 20 }))).toEqual([]);
});
