import { describe, expect, test } from 'vitest';
import type { Chain } from '../../src/result/chain-result.ts';
import type { ServerClock } from '../../src/result/server-result.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';
import { clickAt } from '../support/causes.ts';
import { describeSteps, describeTrace } from '../support/described.ts';
import { type Exchange, exchange } from '../support/exchange.ts';
import { contentfulPaint } from '../support/interactions.ts';
import { call, layout } from '../support/rendering.ts';
import { blocked, type Machines, served, sideOf, traceParent } from '../support/server-trace.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { instant, mainThread, step, type TraceEvent } from '../support/trace-events.ts';

const ID = '00000000000000ff';

/** A click at 100 whose result is presented at 300, after a request that waits from 105 to 270. */
const click = (change: Partial<Exchange> = {}): readonly (TraceEvent | readonly TraceEvent[])[] => [
  clickAt(100),
  contentfulPaint({ input: 100, modified: 281, painted: 290, presented: 300, nodeId: 5 }),
  call(280, 4, 'run', 1),
  layout(288, 4),
  exchange('a', {
    sent: 103,
    requested: 104,
    written: 105,
    headers: 270,
    seen: 275,
    lastByte: 272,
    url: 'https://api.test/list',
    serverTiming: `total;dur=56, loop;dur=90, ${traceParent(ID)}`,
    ...change,
  }),
];

/** The server came to it at 210, after its loop had been blocked from 60 to 208, and wrote the headers at 266. */
const SERVER: readonly TraceEvent[] = [...served(210, 266, { id: ID, path: '/list' }), blocked(60, 148)];

/** One more request, quickly served, which ties two clocks together. */
const QUICK = {
  page: exchange('quick', {
    sent: 400,
    requested: 400.2,
    written: 401.3,
    headers: 402,
    seen: 403,
    lastByte: 402,
    serverTiming: traceParent('00000000000000aa'),
  }),
  server: served(401.5, 401.8, { id: '00000000000000aa', path: '/quick' }),
};

/** One that is served for long: what a clock that is off by less still explains. */
const LONG = {
  page: exchange('long', {
    sent: 500,
    headers: 600,
    seen: 601,
    lastByte: 600,
    serverTiming: traceParent('00000000000000bb'),
  }),
  server: served(505, 595, { id: '00000000000000bb', path: '/long' }),
};

/** What a server writes whose clock is so many milliseconds ahead. */
const ahead = (events: readonly TraceEvent[], ms: number, ppm = 0): readonly TraceEvent[] =>
  events.map((event) => ({ ...event, ts: Number(event['ts']) * (1 + ppm * 1e-6) + ms * 1000 }));

interface Given {
  readonly page?: readonly (TraceEvent | readonly TraceEvent[])[];
  readonly server?: readonly TraceEvent[];
  readonly machines?: Machines;
}

async function resultOf({ page = click(), server = SERVER, machines }: Given): Promise<TraceResult> {
  const facts = await factsOf(mainThread, ...page);
  return describeTrace('a.json', facts, await sideOf(facts, server, machines));
}

const clockOf = async (given: Given): Promise<ServerClock> => {
  const { serverClock } = await resultOf(given);
  if ('unavailable' in serverClock) throw new Error('There is no clock.');
  return serverClock;
};

const chainOf = ({ interactions }: TraceResult): Chain['segments'] => interactions[0]?.chain.segments ?? [];

const lengthsOf = (result: TraceResult): Readonly<Record<string, number>> =>
  Object.fromEntries(chainOf(result).map(({ kind, durationMs }) => [kind, durationMs]));

const ONE = { here: 'one', there: 'one' };
const TWO = { here: 'one', there: 'two' };

describe('a server on the machine of the browser', () => {
  test('shares its clock', async () => {
    expect(await clockOf({ machines: ONE })).toEqual({
      how: 'shared',
      evidence: 'proven',
      reason: null,
      offsetMs: 0,
      errorMs: 0,
      driftPpm: 0,
      pairs: 1,
      contradicting: 0,
    });
  });

  test('shares it, too, where no request of the page’s was served', async () => {
    expect(await clockOf({ machines: ONE, server: [] })).toMatchObject({ how: 'shared', pairs: 0 });
  });

  test('is not believed where a request was served before it was sent', async () => {
    const result = await resultOf({ machines: ONE, server: ahead(SERVER, -200) });
    expect(result.serverClock).toMatchObject({
      how: 'refused',
      reason: 'causality-broken',
      contradicting: 1,
    });
    expect(result.server).toEqual({ unavailable: 'no-common-clock' });
    // What the response says of itself remains.
    expect(lengthsOf(result)).toMatchObject({ serverQueue: 90, serverWork: 56 });
    expect(chainOf(result).find(({ kind }) => kind === 'serverWork')?.evidence).toBe('inferred');
  });

  test('is not believed where headers were written after they had arrived', async () => {
    expect(await clockOf({ machines: ONE, server: ahead(SERVER, 20) })).toMatchObject({
      reason: 'causality-broken',
    });
  });

  test.each([
    [-108, 'shared'],
    [-108.1, 'refused'],
    [6, 'shared'],
    [6.1, 'refused'],
  ])('may seem to have served 2 ms too early or too late, by a clock %f ms ahead: %s', async (ms, how) => {
    // The network began with it at 104; it was served from 210, written at 266 and there at 270.
    expect(await clockOf({ machines: ONE, server: ahead(SERVER, ms) })).toMatchObject({ how });
  });

  test('is not believed where half of the responses are old', async () => {
    const server = [...SERVER, ...ahead(QUICK.server, -300)];
    expect(await clockOf({ page: [...click(), QUICK.page], server, machines: ONE })).toMatchObject({
      reason: 'causality-broken',
      pairs: 2,
      contradicting: 1,
    });
  });

  test('is believed where one response of many is an old one that a cache gave again', async () => {
    const others = ['aa', 'bb'].map((end) => `00000000000000${end}`);
    const page = [
      ...click(),
      ...others.map((id, index) =>
        exchange(id, {
          sent: 310 + index * 50,
          headers: 350 + index * 50,
          seen: 351 + index * 50,
          lastByte: 350 + index * 50,
          serverTiming: traceParent(id),
        }),
      ),
    ];
    const server = [
      ...SERVER,
      ...served(320, 340, { id: others[0] ?? '', path: '/a' }),
      ...served(20, 40, { id: others[1] ?? '', path: '/b' }),
    ];
    const result = await resultOf({ page, server, machines: ONE });
    expect(result.serverClock).toMatchObject({ how: 'shared', pairs: 3, contradicting: 1 });
    if ('unavailable' in result.server) throw new Error('There is no server.');
    expect(result.server.requests.map(({ request }) => request)).toEqual([null, 0, 1]);
  });
});

describe('a server of which it is not known where it ran', () => {
  test.each([{ here: 'one' }, { there: 'one' }])(
    'shares the clock by causality alone: %o',
    async (machines) => {
      expect(await clockOf({ machines })).toMatchObject({ how: 'shared', evidence: 'inferred' });
    },
  );

  test('is not taken to share it where no request was the page’s', async () => {
    const server = served(210, 266, { path: '/other', id: '00000000000000cc' });
    expect(await clockOf({ server })).toMatchObject({ how: 'refused', reason: 'too-few-pairs' });
  });

  test('shares the clock where causality holds', async () => {
    expect(await clockOf({})).toMatchObject({ how: 'shared', evidence: 'inferred', errorMs: 0 });
  });

  test('has another clock where it does not', async () => {
    const server = ahead([...SERVER, ...QUICK.server], 600_000);
    expect(await clockOf({ page: [...click(), QUICK.page], server })).toMatchObject({
      how: 'estimated',
      offsetMs: expect.closeTo(-600_000, -1),
    });
  });
});

describe('a server on another machine', () => {
  test.each([
    [600_000, 50],
    [-600_000, -50],
    [0, 0],
  ])('whose clock is %i ms ahead and gains %i ppm is put on the trace’s clock', async (ms, ppm) => {
    const server = ahead([...SERVER, ...QUICK.server], ms, ppm);
    const result = await resultOf({ page: [...click(), QUICK.page], server, machines: TWO });
    const { serverClock } = result;
    if ('unavailable' in serverClock) throw new Error('There is no clock.');
    expect(serverClock).toMatchObject({ how: 'estimated', evidence: 'inferred', pairs: 2, contradicting: 0 });
    const errorMs = Number(serverClock.errorMs);
    expect(errorMs).toBeLessThan(1);
    expect(errorMs).toBeGreaterThan(0.3);
    const { network: _, ...segments } = lengthsOf(result);
    expect(Math.abs((segments['serverQueue'] ?? 0) - 103)).toBeLessThanOrEqual(errorMs);
    expect(segments['serverWork']).toBeCloseTo(56, 1);
    expect(chainOf(result).find(({ kind }) => kind === 'serverQueue')?.evidence).toBe('inferred');
  });

  test('gives way to the response’s own figures where its error is as large as what it explains', async () => {
    // Between 105 and 270 the serving of 2 ms may have been anywhere.
    const server = served(200, 202, { id: ID, path: '/list' });
    const page = click({ serverTiming: `total;dur=2, ${traceParent(ID)}` });
    const result = await resultOf({ page, server: ahead(server, 1000), machines: TWO });
    expect(result.serverClock).toMatchObject({ how: 'refused', reason: 'error-too-large' });
    expect(Number(Object(result.serverClock).errorMs)).toBeGreaterThan(75);
    expect(lengthsOf(result)).toMatchObject({ serverQueueOrNetwork: 163, serverWork: 2 });
  });

  test.each([
    [80, 'refused'],
    [85, 'estimated'],
  ])('may be wrong by half of what it explains: serving for %i of 165 ms is %s', async (length, how) => {
    const server = served(150, 150 + length, { id: ID, path: '/list' });
    expect(await clockOf({ server: ahead(server, 1000), machines: TWO })).toMatchObject({ how });
  });

  test.each([
    [
      'gives way to the response’s own figures for a request',
      0.6,
      { serverQueueOrNetwork: 109, serverWork: 56 },
    ],
    ['is believed of a request', 2, { network: expect.any(Number), serverWork: 2 }],
  ])(
    '%s that it served in %f ms, where another tells the time to half a millisecond',
    async (_, servedMs, expected) => {
      const page = click({ serverTiming: `total;dur=56, ${traceParent(ID)}` });
      const server = [
        ...served(210, 210 + servedMs, { id: ID, path: '/list' }),
        ...LONG.server,
        ...QUICK.server,
      ];
      const result = await resultOf({
        page: [...page, LONG.page, QUICK.page],
        server: ahead(server, 1000),
        machines: TWO,
      });
      expect(result.serverClock).toMatchObject({ how: 'estimated' });
      const errorMs = Number(Object(result.serverClock).errorMs);
      // Half of what it could explain of the one, and of the other.
      expect(errorMs).toBeGreaterThan(0.3);
      expect(errorMs).toBeLessThan(1);
      expect(lengthsOf(result)).toMatchObject(expected);
    },
  );

  test('is known by the ids of requests for one address, as well', async () => {
    const url = 'https://api.test/list';
    const again = exchange('again', {
      sent: 400,
      requested: 400.2,
      written: 401.3,
      headers: 402,
      seen: 403,
      lastByte: 402,
      url,
      serverTiming: traceParent('00000000000000aa'),
    });
    const server = [...SERVER, ...served(401.5, 401.8, { id: '00000000000000aa', path: '/list' })];
    expect(
      await clockOf({ page: [...click(), again], server: ahead(server, 5000), machines: TWO }),
    ).toMatchObject({ how: 'estimated', pairs: 2 });
  });

  test('is not told by what a service worker answered, which was timed within the browser', async () => {
    const page = click({ fromServiceWorker: true });
    expect(await clockOf({ page, server: ahead(SERVER, 5000), machines: TWO })).toMatchObject({
      reason: 'too-few-pairs',
      pairs: 0,
    });
  });

  test('is unknown where the page asked it nothing', async () => {
    expect(await clockOf({ server: served(1, 2, { path: '/other' }), machines: TWO })).toEqual({
      how: 'refused',
      evidence: 'inferred',
      reason: 'too-few-pairs',
      offsetMs: { unavailable: 'not-known' },
      errorMs: { unavailable: 'not-known' },
      driftPpm: { unavailable: 'not-known' },
      pairs: 0,
      contradicting: 0,
    });
  });

  test('is unknown where requests tell different offsets', async () => {
    const other = '00000000000000aa';
    const page = [
      ...click(),
      exchange('b', { sent: 400, headers: 450, seen: 451, lastByte: 450, serverTiming: traceParent(other) }),
    ];
    const server = [...SERVER, ...ahead(served(410, 440, { id: other, path: '/b' }), 9000)];
    expect(await clockOf({ page, server, machines: TWO })).toMatchObject({
      reason: 'contradicting-pairs',
      pairs: 2,
      contradicting: 2,
    });
  });

  test.each([
    [2, 'refused', 'too-few-pairs'],
    [3, 'estimated', null],
  ])(
    'without ids takes three requests that are alone of their kind: %i are %s',
    async (count, how, reason) => {
      const asked = Array.from({ length: count }, (_, index) => ({
        path: `/${String(index)}`,
        at: 400 + index * 50,
      }));
      const page = [
        ...click({ serverTiming: '', url: 'https://elsewhere.test/x' }),
        ...asked.map(({ path, at }) =>
          exchange(path, {
            sent: at,
            headers: at + 40,
            seen: at + 41,
            lastByte: at + 40,
            url: `https://api.test${path}`,
          }),
        ),
      ];
      const server = asked.flatMap(({ path, at }) => served(at + 5, at + 38, { path }));
      expect(await clockOf({ page, server: ahead(server, 77_000), machines: TWO })).toMatchObject({
        how,
        reason,
      });
    },
  );
});

test('a step shows no loop of a server whose clock is refused', async () => {
  const facts = await factsOf(mainThread, step(0, 10, 500), ...click());
  const side = await sideOf(facts, ahead(SERVER, -200), ONE);
  expect(describeSteps(facts, ['click'], side)[0]?.serverLoop).toEqual({ unavailable: 'no-common-clock' });
});

test('blocks, queries and errors say where in the server’s code, on the trace’s clock', async () => {
  const stack = [{ functionName: 'list', url: '/srv/views.js', line: 12 }, { url: '/srv/app.js' }];
  const query: TraceEvent = {
    ...blocked(220, 20, { sql: 'SELECT ?', onLoop: true, stack }),
    name: 'inpact.query',
  };
  const error = instant('inpact.error', 250, { args: { type: 'RangeError', message: 'too far', stack } });
  const { server } = await resultOf({
    server: [
      ...SERVER,
      blocked(220, 20, { by: 'SELECT ?', kind: 'database', cpuUs: 19_500, stack }),
      query,
      error,
    ],
  });
  const places = [
    { functionName: 'list', url: '/srv/views.js', line: 12 },
    { functionName: '', url: '/srv/app.js', line: { unavailable: 'not-recorded' } },
  ];
  expect(server).toMatchObject({
    agent: 'node',
    complete: true,
    loopBlocks: [
      { by: 'work', cpuMs: { unavailable: 'not-recorded' }, starved: false },
      {
        startMs: 220,
        durationMs: 20,
        by: 'SELECT ?',
        kind: 'database',
        cpuMs: 19.5,
        starved: false,
        stack: places,
      },
    ],
    queries: [{ startMs: 220, sql: 'SELECT ?', onLoop: true, stack: places }],
    requests: [
      {
        method: 'GET',
        startMs: 210,
        headersMs: 266,
        endMs: 266,
        status: 200,
        request: 0,
        evidence: 'proven',
      },
    ],
    errors: [{ startMs: 250, type: 'RangeError', message: 'too far', stack: places }],
  });
});
