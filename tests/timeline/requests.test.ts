import { describe, expect, test } from 'vitest';
import type { NetworkRequest } from '../../src/result/trace-result.ts';
import { describeTrace } from '../support/described.ts';
import { finishEvent, request, responseEvent, sending, type TestRequest } from '../support/requests.ts';
import { started } from '../support/causes.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { clock, instant, mainThread, PAGE, type TraceEvent } from '../support/trace-events.ts';

const API: TestRequest = {
  requestId: '1.2',
  url: 'https://api.test/report',
  sent: 5,
  response: { headers: 70, seen: 212 },
  finish: { lastByte: 73, seen: 214 },
};

const requestsOf = async (
  ...events: readonly (TraceEvent | readonly TraceEvent[])[]
): Promise<readonly NetworkRequest[]> =>
  describeTrace('trace.json', await factsOf(mainThread, ...events)).requests;

test("a request has the network's times, and beside them when the busy main thread got to it", async () => {
  expect(await requestsOf(request(API))).toMatchObject([
    {
      url: 'https://api.test/report',
      method: 'GET',
      status: 200,
      startMs: 5,
      responseStartMs: 70,
      endMs: 73,
      responseEventMs: 212,
      serverTiming: [],
    },
  ]);
});

test('requests come in the order in which they were sent', async () => {
  const second = request({ ...API, requestId: '2', url: 'https://api.test/second', sent: 9 });
  expect((await requestsOf(second, request(API))).map(({ startMs }) => startMs)).toEqual([5, 9]);
});

test('the events of a request may stand in any order', async () => {
  const inOrder = await requestsOf(request(API));
  expect(await requestsOf(request(API).toReversed())).toEqual(inOrder);
});

describe('what never came is unavailable', () => {
  test('without a response', async () => {
    const [found] = await requestsOf(sending('1', API.url, 5));
    expect(found).toMatchObject({
      status: { unavailable: 'no-response' },
      responseStartMs: { unavailable: 'no-response' },
      responseEventMs: { unavailable: 'no-response' },
      endMs: { unavailable: 'unfinished' },
      serverTiming: [],
    });
  });

  test('when a request fails, it ends without a response', async () => {
    const failing = request({ requestId: '1', url: API.url, sent: 5, finish: { seen: 30, failed: true } });
    const [found] = await requestsOf(failing);
    expect(found).toMatchObject({ status: { unavailable: 'no-response' }, endMs: 30 });
    expect((await factsOf(failing)).requests).toMatchObject([{ failed: true }]);
  });

  test('from a cache there are no times of the network', async () => {
    const cached = request({ ...API, response: { seen: 8 }, finish: { seen: 9 } });
    expect(await requestsOf(cached)).toMatchObject([
      { responseStartMs: { unavailable: 'not-recorded' }, responseEventMs: 8, endMs: 9, status: 200 },
    ]);
  });

  test('from a cache, which may write a time of 0 for the network', async () => {
    const timing = { requestTime: 0, receiveHeadersEnd: 5 };
    const cached = instant('ResourceReceiveResponse', 8, { args: { data: { requestId: '1', timing } } });
    expect(await requestsOf(sending('1', API.url, 5), cached)).toMatchObject([
      { responseStartMs: { unavailable: 'not-recorded' }, phases: { unavailable: 'not-recorded' } },
    ]);
  });

  test('headers that never arrived in the network process have no time', async () => {
    const negative = request({ ...API, response: { headers: -1, seen: 8 } });
    expect(await requestsOf(negative)).toMatchObject([{ responseStartMs: { unavailable: 'not-recorded' } }]);
  });
});

test('a redirect keeps the first sending and the last address', async () => {
  const events = [
    sending('1', 'https://api.test/new', 20),
    sending('1', 'https://api.test/old', 5),
    responseEvent('1', { headers: 30, seen: 31 }),
    finishEvent('1', { lastByte: 32, seen: 33 }),
  ];
  expect(await requestsOf(events)).toMatchObject([
    { url: 'https://api.test/new', startMs: 5, responseStartMs: 30, endMs: 32 },
  ]);
});

/** The browser's process writes it, and knows only the id. */
const announced = (requestId: string, ms: number): TraceEvent =>
  instant('ResourceWillSendRequest', ms, { pid: 1, tid: 1, args: { data: { requestId } } });

describe('a document', () => {
  test('is asked for when the browser begins with it, before its renderer writes of it', async () => {
    const document = request({ ...API, requestId: 'D', sent: 60 });
    expect(await requestsOf(document, announced('D', 4), announced('other', 1))).toMatchObject([
      { startMs: 4, redirects: [] },
    ]);
  });

  test('that was sent on queued only after the last sending', async () => {
    const timing = { requestTime: 1000, sendStart: 30, sendEnd: 31, receiveHeadersEnd: 50 };
    const document = [
      sending('D', API.url, 60),
      instant('ResourceReceiveResponse', 61, { args: { data: { requestId: 'D', timing } } }),
    ];
    expect(await requestsOf(document, announced('D', 4), announced('D', 25))).toMatchObject([
      { startMs: 4, phases: { queueingMs: 5 } },
    ]);
  });

  test('that was redirected is sent on when the browser last did so, in whatever order the trace tells it', async () => {
    const hops = [sending('D', 'https://a.test/', 60), sending('D', API.url, 61)];
    const times = [announced('D', 30), announced('D', 4), announced('D', 90)];
    for (const events of [times, times.toReversed()]) {
      const { requests } = await factsOf(mainThread, hops, events);
      expect(requests).toMatchObject([{ started: clock(4), sentOn: clock(30), sent: clock(60) }]);
    }
  });

  test('is not begun with after it was sent: then the id stands for a later one', async () => {
    const document = request({ ...API, requestId: 'D', sent: 5 });
    expect(await requestsOf(document, announced('D', 90))).toMatchObject([{ startMs: 5 }]);
  });
});

const sent = (requestId: string, ms: number, where: { pid: number; frame?: string }): TraceEvent =>
  instant('ResourceSendRequest', ms, {
    pid: where.pid,
    args: { data: { requestId, url: `https://a.test/${requestId}`, frame: where.frame } },
  });

describe('of several tabs', () => {
  const tabs = [
    started({ frame: PAGE.frame, pid: PAGE.pid }, { frame: 'AD', parent: PAGE.frame, pid: 30 }),
    [sent('own', 1, { pid: PAGE.pid, frame: PAGE.frame }), sent('iframe', 2, { pid: 30, frame: 'AD' })],
    [sent('worker', 3, { pid: PAGE.pid }), sent('other', 4, { pid: 40, frame: 'OTHER' })],
  ];

  test("only the page's requests are listed: of its frames, its processes and its workers", async () => {
    const { requests, requestsOfOtherPages } = describeTrace('trace.json', await factsOf(...tabs));
    expect(requests.map(({ url }) => url)).toEqual([
      'https://a.test/own',
      'https://a.test/iframe',
      'https://a.test/worker',
    ]);
    expect(requestsOfOtherPages).toBe(1);
  });

  test('all are listed where the trace names no frames', async () => {
    const { requests, requestsOfOtherPages } = describeTrace('trace.json', await factsOf(...tabs.slice(1)));
    expect(requests).toHaveLength(4);
    expect(requestsOfOtherPages).toBe(0);
  });
});

test('of several responses to one request the last counts', async () => {
  const events = [
    ...request({ ...API, response: { seen: 90, status: 200 } }),
    responseEvent(API.requestId, { seen: 50, status: 103 }),
  ];
  expect(await requestsOf(events)).toMatchObject([{ status: 200, responseEventMs: 90 }]);
});

test.each(['data:text/plain,x', 'chrome-extension://x/y.js', 'about:blank', ''])(
  '%s asks no server and is left out',
  async (url) => {
    expect(await requestsOf(request({ ...API, url }))).toEqual([]);
  },
);

test('an extension may answer in a server’s place: it was the page that asked', async () => {
  const events = [sending('1', API.url, 5), sending('1', 'chrome-extension://x/noop.js', 9)];
  const [found, ...others] = await requestsOf(events);
  expect(found?.redirects).toEqual([{ url: API.url, startMs: 5 }]);
  expect(found?.url).toMatch(/^chrome-extension:/);
  expect(others).toEqual([]);
});

test('the same id in another process is another request', async () => {
  const other = request({ ...API, sent: 6 }).map((event) => ({ ...event, pid: 20 }));
  const frames = started({ frame: PAGE.frame, pid: PAGE.pid }, { frame: 'AD', parent: PAGE.frame, pid: 20 });
  expect(describeTrace('trace.json', await factsOf(frames, request(API), other)).requests).toHaveLength(2);
});

test.each(['url', 'requestId'])('a sending that does not say its %s is none', async (key) => {
  const data = { requestId: '1', url: API.url, [key]: undefined };
  expect(await requestsOf(instant('ResourceSendRequest', 5, { args: { data } }))).toEqual([]);
});

test('a request says its method, and whether it failed', async () => {
  const data = { requestId: '1', url: API.url, requestMethod: 'POST' };
  const post = instant('ResourceSendRequest', 5, { args: { data } });
  const [found] = await requestsOf(post, finishEvent('1', { seen: 9 }));
  expect(found).toMatchObject({ method: 'POST', failed: false });
});

test('a response without a request is left out', async () => {
  expect(await requestsOf(responseEvent('9', { seen: 5 }), finishEvent('9', { seen: 6 }))).toEqual([]);
});

test('all Server-Timing headers of a response count, in any spelling', async () => {
  const [send, response, finish] = request({
    ...API,
    response: { headers: 70, seen: 71, serverTiming: ['db;dur=12.5', 'total;dur=20;desc="all"'] },
  });
  const lowerCase: TraceEvent = JSON.parse(
    JSON.stringify(response)
      .replace('Server-Timing', 'server-timing')
      .replace('"headers":[', '"headers":[{"name":"Cache-Control","value":"x;dur=1"},{"value":"y;dur=1"},'),
  );
  const [found] = await requestsOf([send ?? {}, lowerCase, finish ?? {}]);
  expect(found?.serverTiming).toEqual([
    { name: 'db', durationMs: 12.5, description: '' },
    { name: 'total', durationMs: 20, description: 'all' },
  ]);
});
