import { describe, expect, test } from 'vitest';
import type { NetworkRequest } from '../../src/result/trace-result.ts';
import { scriptRequest, seconds, stackTop } from '../support/causes.ts';
import { describeTrace } from '../support/described.ts';
import { finishEvent, responseEvent, sending } from '../support/requests.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { instant, mainThread, type TraceEvent } from '../support/trace-events.ts';

async function requestOf(...events: readonly TraceEvent[]): Promise<NetworkRequest | undefined> {
  return describeTrace('trace.json', await factsOf(mainThread, ...events)).requests[0];
}

const NOT_RECORDED = { unavailable: 'not-recorded' };
const NOT_NEEDED = { unavailable: 'not-needed' };

/** A response whose edges are given in milliseconds of the test's time. */
function timedResponse(
  edges: Readonly<Record<string, readonly [number, number]>>,
  requested: number,
): TraceEvent {
  const names = ['dns', 'connect', 'ssl', 'send', 'receiveHeaders'];
  const timing = names.flatMap((name) => {
    const [start, end] = edges[name] ?? [requested - 1, requested - 1];
    return [
      [`${name}Start`, start - requested],
      [`${name}End`, end - requested],
    ];
  });
  const data = { requestId: 'a', timing: { requestTime: seconds(requested), ...Object.fromEntries(timing) } };
  return instant('ResourceReceiveResponse', 200, { args: { data } });
}

describe('the phases of a request', () => {
  const fresh = {
    dns: [12, 20],
    connect: [20, 50],
    ssl: [30, 50],
    send: [50, 51],
    receiveHeaders: [150, 151],
  } as const;
  const finish = finishEvent('a', { lastByte: 170, seen: 210 });

  test('follow each other, and TLS is none of the connection’s time', async () => {
    const found = await requestOf(scriptRequest(10, 'a'), timedResponse(fresh, 11), finish);
    expect(found?.phases).toEqual({
      queueingMs: 2,
      dnsMs: 8,
      connectMs: 10,
      tlsMs: 20,
      sendMs: 1,
      waitMs: 100,
      downloadMs: 19,
    });
  });

  test('add up to the time from sending to the last byte', async () => {
    const found = await requestOf(scriptRequest(10, 'a'), timedResponse(fresh, 11), finish);
    const lengths = Object.values(found?.phases ?? {}).map(Number);
    expect(lengths.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(160, 9);
  });

  test('that a connection from before spares are not needed', async () => {
    const reused = { send: [50, 51], receiveHeaders: [150, 151] } as const;
    const found = await requestOf(scriptRequest(10, 'a'), timedResponse(reused, 11), finish);
    expect(found?.phases).toMatchObject({
      queueingMs: 40,
      dnsMs: NOT_NEEDED,
      connectMs: NOT_NEEDED,
      tlsMs: NOT_NEEDED,
    });
  });

  test('are never negative: the main thread and the network read the clock one after the other', async () => {
    const early = finishEvent('a', { lastByte: 140, seen: 210 });
    const found = await requestOf(scriptRequest(10, 'a'), timedResponse(fresh, 11), early);
    expect(found?.phases).toMatchObject({ downloadMs: 0 });
  });

  test.each(['Start', 'End'])('with one edge only are not told: without %s', async (missing) => {
    const response: TraceEvent = JSON.parse(
      JSON.stringify(timedResponse(fresh, 11)).replace(`"dns${missing}"`, '"other"'),
    );
    const found = await requestOf(scriptRequest(10, 'a'), response, finish);
    expect(found?.phases).toMatchObject({ dnsMs: NOT_NEEDED, connectMs: 10 });
  });

  test('do not tell how long a navigation queued: it is written when its document is there', async () => {
    const found = await requestOf(scriptRequest(190, 'a'), timedResponse(fresh, 11), finish);
    expect(found?.phases).toMatchObject({ queueingMs: NOT_RECORDED, waitMs: 100 });
  });

  test('are not known of a response from a cache', async () => {
    const found = await requestOf(scriptRequest(10, 'a'), responseEvent('a', { seen: 20 }), finish);
    expect(found?.phases).toEqual(NOT_RECORDED);
  });

  test('end with the wait where the body never came', async () => {
    const found = await requestOf(scriptRequest(10, 'a'), timedResponse(fresh, 11));
    expect(found?.phases).toMatchObject({ waitMs: 100, downloadMs: { unavailable: 'unfinished' } });
  });
});

test('redirects are a chain: the addresses on the way, and the last hop’s phases', async () => {
  const hops = [
    scriptRequest(10, 'a', { url: 'https://a.test/?k=secret' }),
    sending('a', 'https://b.test/', 40),
    sending('a', 'https://c.test/', 45),
  ];
  const response = timedResponse({ send: [50, 51], receiveHeaders: [150, 151] }, 46);
  const found = await requestOf(...hops.toReversed(), response);
  expect(found).toMatchObject({
    url: 'https://c.test/',
    startMs: 10,
    redirects: [
      { url: 'https://a.test/?k=[6 characters]', startMs: 10 },
      { url: 'https://b.test/', startMs: 40 },
    ],
    // Who asked for the first address asked for all.
    initiator: { type: 'script', functionName: 'load' },
    phases: { queueingMs: 5 },
  });
});

const from = (data: TraceEvent): TraceEvent =>
  instant('ResourceSendRequest', 10, {
    args: { data: { requestId: 'a', url: 'https://a.test/', ...data } },
  });

describe('who asked for a resource', () => {
  test('is the line of the document where the parser found it, which Chrome counts from 0', async () => {
    const initiator = { type: 'parser', url: 'https://page.test/?q=abc', lineNumber: 7, columnNumber: 45 };
    const found = await requestOf(from({ initiator }));
    expect(found?.initiator).toEqual({
      type: 'parser',
      url: 'https://page.test/?q=[3 characters]',
      line: 8,
      column: 46,
      functionName: '',
    });
  });

  test('is known by its kind at least', async () => {
    const found = await requestOf(from({ initiator: { type: 'other' } }));
    expect(found?.initiator).toEqual({
      type: 'other',
      url: '',
      line: NOT_RECORDED,
      column: NOT_RECORDED,
      functionName: '',
    });
  });

  test('is code where old Chrome writes its stack only', async () => {
    const found = await requestOf(from({ stackTrace: [stackTop('load', 12)] }));
    expect(found?.initiator).toMatchObject({ type: 'script', functionName: 'load', line: 12 });
  });

  test('is not known of a navigation', async () => {
    expect((await requestOf(from({})))?.initiator).toEqual(NOT_RECORDED);
  });
});

const change = (ms: number, priority: string): TraceEvent =>
  instant('ResourceChangePriority', ms, { args: { data: { requestId: 'a', priority } } });

describe('beside its times a request has', () => {
  test('its type, and the last priority that Chrome gave it', async () => {
    const found = await requestOf(change(30, 'VeryHigh'), change(20, 'Low'), scriptRequest(10, 'a'));
    expect(found).toMatchObject({ resourceType: 'Fetch', priority: 'VeryHigh' });
    expect(await requestOf(sending('a', 'https://a.test/', 1))).toMatchObject({
      resourceType: NOT_RECORDED,
      priority: NOT_RECORDED,
    });
  });

  test('its failure', async () => {
    const failed = finishEvent('a', { seen: 30, failed: true });
    expect(await requestOf(scriptRequest(10, 'a'), failed)).toMatchObject({ failed: true });
    expect(await requestOf(scriptRequest(10, 'a'))).toMatchObject({ failed: false });
  });

  test('its size over the network, once it ended', async () => {
    const finish = instant('ResourceFinish', 30, {
      args: { data: { requestId: 'a', encodedDataLength: 1538 } },
    });
    expect(await requestOf(scriptRequest(10, 'a'), finish)).toMatchObject({ encodedBytes: 1538 });
    expect(await requestOf(scriptRequest(10, 'a'))).toMatchObject({
      encodedBytes: { unavailable: 'unfinished' },
    });
    expect(await requestOf(scriptRequest(10, 'a'), finishEvent('a', { seen: 30 }))).toMatchObject({
      encodedBytes: NOT_RECORDED,
    });
  });

  test.each([
    [
      'from the disk',
      instant('ResourceReceiveResponse', 20, { args: { data: { requestId: 'a', fromCache: true } } }),
    ],
    ['from the page’s memory', instant('ResourceMarkAsCached', 20, { args: { data: { requestId: 'a' } } })],
  ])('its coming from a cache: %s', async (_, event) => {
    expect(await requestOf(scriptRequest(10, 'a'), event)).toMatchObject({ fromCache: true });
  });

  // https://crbug.com/998397
  test.each([
    ['a service worker answered', { fromCache: true, fromServiceWorker: true }, 0, true],
    ['the server pushed it, which took the network', { fromCache: true }, 812, false],
  ])(
    'no cache where %s, though Chrome says so',
    async (_, response, encodedDataLength, fromServiceWorker) => {
      const found = await requestOf(
        scriptRequest(10, 'a'),
        instant('ResourceReceiveResponse', 20, { args: { data: { requestId: 'a', ...response } } }),
        instant('ResourceFinish', 30, { args: { data: { requestId: 'a', encodedDataLength } } }),
      );
      expect(found).toMatchObject({ fromCache: false, fromServiceWorker });
    },
  );
});
