import { describe, expect, test } from 'vitest';
import { exchange } from '../../support/exchange.ts';
import {
  CLICK,
  DRIVER,
  type Events,
  explained,
  REPORT,
  ROUTES,
  said,
  status,
  URL,
} from '../../support/findings.ts';
import { clickAt, scriptRequest } from '../../support/causes.ts';
import { blocked, executorWait, notAwaited, query, served, traceParent } from '../../support/server-trace.ts';

const ID = '00000000000000ff';
const OTHER = '00000000000000aa';
const WITH_ID = { ...REPORT, serverTiming: traceParent(ID) };
const PAGE: Events = [...CLICK, exchange('a', WITH_ID)];
/** A response that says nothing of the server. */
const BARE: Events = [...CLICK, exchange('a', REPORT)];

/** The loop came to the request at 110 and wrote its headers at 268. */
const SERVED = served(110, 268, { path: '/report', id: ID, headers: 268 });
/** The same, but the loop was blocked until 210. */
const LATE = served(210, 268, { path: '/report', id: ID, headers: 268 });

const sayingTotal = (ms: number): Events => [
  ...CLICK,
  exchange('a', { ...REPORT, serverTiming: `total;dur=${String(ms)}` }),
];

describe('a blocked loop', () => {
  const id = 'server-loop-blocked';

  test('is found before the request began: what held it is of somebody else', async () => {
    const server = [
      LATE,
      blocked(60, 148, { kind: 'database', by: 'SELECT ?', request: OTHER, stack: [ROUTES] }),
    ];
    const { findings } = await said(id, PAGE, server);
    expect(findings).toMatchObject([{ explainsMs: 103, evidence: 'proven', where: { sql: 'SELECT ?' } }]);
    expect(findings[0]?.sentence).toContain('103 ms, longest for a database query of something else');
    expect(findings[0]?.where.code).toMatchObject([{ side: 'server', functionName: 'report', line: 50 }]);
  });

  test('is found while the request was served, by the request itself', async () => {
    const server = [SERVED, blocked(120, 80, { kind: 'python', by: 'render', request: ID, stack: [ROUTES] })];
    const { findings } = await said(id, PAGE, server);
    expect(findings).toMatchObject([{ explainsMs: 80, where: { sql: null, serverName: 'render' } }]);
    expect(findings[0]?.sentence).toContain('Python code of this very request');
  });

  test.each([
    [49, 'clear'],
    [50, 'found'],
  ])('for %i ms is %s', async (length, expected) => {
    expect(await status(id, PAGE, [SERVED, blocked(120, length)])).toBe(expected);
  });

  test.each([
    [39, ', which waited rather than worked: it had the processor for 39 ms of 80 ms.'],
    [40, 'of this very request.'],
    [undefined, 'of this very request.'],
  ])('by code that had the processor for %o of 80 ms ends with “%s”', async (cpuMs, expected) => {
    const cpu = cpuMs === undefined ? {} : { cpuUs: cpuMs * 1000 };
    const server = [SERVED, blocked(120, 80, { kind: 'python', by: 'read', request: ID, ...cpu })];
    const { findings } = await said(id, PAGE, server);
    expect(findings[0]?.sentence.includes(expected)).toBe(true);
  });

  test.each([
    ['of whom the block is', ID, ''],
    ['how its requests are called', '', OTHER],
  ])('is of nobody, where the server does not say %s', async (_, own, request) => {
    const server = [
      served(110, 268, { path: '/report', id: own, headers: 268 }),
      blocked(120, 80, { kind: 'javascript', by: 'render', request }),
    ];
    const { findings } = await said(id, BARE, server);
    expect(findings[0]?.sentence).toContain('80 ms, longest for JavaScript.');
  });

  test('of several is told with the one that takes most of the wait', async () => {
    const server = [
      SERVED,
      // Most of this one is over before the request is sent.
      blocked(20, 95, { kind: 'python', by: 'early' }),
      blocked(120, 30, { kind: 'python', by: 'short' }),
      blocked(160, 50, { kind: 'python', by: 'long' }),
      blocked(220, 30, { kind: 'python', by: 'last' }),
    ];
    const { findings } = await said(id, PAGE, server);
    expect(findings).toMatchObject([
      { explainsMs: 120, where: { serverName: 'long', requests: [{ request: 0, url: URL }] } },
    ]);
  });

  test('counts only while the request was there', async () => {
    expect(await status(id, PAGE, [SERVED, blocked(10, 80), blocked(269, 80)])).toBe('clear');
  });

  test('is not known without the server’s trace, unless the wait was too short to matter', async () => {
    expect(await status(id, BARE)).toBe('no-server-trace');
    const quick = exchange('a', { ...REPORT, headers: 150 });
    expect(await status(id, [...CLICK, quick])).toBe('clear');
    expect(await status(id, CLICK)).toBe('clear');
  });

  test('is not known where the server’s trace lacks the request', async () => {
    expect(await status(id, PAGE, [served(110, 120, { path: '/other', id: OTHER })])).toBe(
      'request-not-matched',
    );
  });

  test('is inferred from what the response says of it', async () => {
    const told = exchange('a', { ...REPORT, serverTiming: 'loop;dur=100, total;dur=50' });
    const { findings } = await said(id, [...CLICK, told]);
    expect(findings).toMatchObject([
      { explainsMs: 100, evidence: 'inferred', where: { requests: [{ request: 0, url: URL }] } },
    ]);
    expect(findings[0]?.sentence).toContain('(Inferred.)');
  });

  test.each([
    ['loop;dur=49.9, total;dur=50', 'clear'],
    ['loop;dur=50, total;dur=50', 'found'],
    ['total;dur=115.1', 'clear'],
    ['total;dur=115', 'queue-or-network'],
  ])('told by “%s” is %s', async (serverTiming, expected) => {
    // The request waits for 165 ms.
    expect(await status(id, [...CLICK, exchange('a', { ...REPORT, serverTiming })])).toBe(expected);
  });

  test('is not there where the response says so', async () => {
    const told = exchange('a', { ...REPORT, serverTiming: 'loop;dur=0, total;dur=50' });
    expect(await status(id, [...CLICK, told])).toBe('clear');
    // The rest of the wait was the network's.
    expect(await status('n-plus-one-queries', [...CLICK, told])).toBe('no-server-trace');
    const quick = exchange('a', { ...REPORT, serverTiming: 'loop;dur=0, total;dur=5' });
    expect(await status('n-plus-one-queries', [...CLICK, quick])).toBe('clear');
  });

  test('can’t be told from the network where the response says only its total', async () => {
    expect(await status(id, sayingTotal(60))).toBe('queue-or-network');
    expect(await status(id, sayingTotal(130))).toBe('clear');
  });

  test('is not looked for without an interaction', async () => {
    expect(await status(id, [exchange('a', REPORT)])).toBe('no-interactions');
  });
});

const starved = (length: number, cpuMs?: number): Events => [
  SERVED,
  blocked(120, length, {
    kind: 'unknown',
    by: 'nothing',
    ...(cpuMs === undefined ? {} : { cpuUs: cpuMs * 1000 }),
  }),
];

describe('a starved loop', () => {
  const id = 'server-loop-starved';
  test('is told apart from a blocked one: nothing of its own was seen to hold it', async () => {
    expect(await explained(id, PAGE, starved(80))).toEqual([80]);
    expect(await status('server-loop-blocked', PAGE, starved(80))).toBe('clear');
    const held = [SERVED, blocked(120, 80, { kind: 'javascript', by: 'render' })];
    expect(await status(id, PAGE, held)).toBe('clear');
    expect(await status('server-loop-blocked', PAGE, held)).toBe('found');
  });

  test.each([
    [0, 'found', 'clear'],
    [39, 'found', 'clear'],
    [40, 'clear', 'found'],
    [83, 'clear', 'found'],
    [undefined, 'found', 'clear'],
  ])(
    'is one whose thread did not have a processor for half of its 80 ms: with %o it is %s, and a blocked one is %s',
    async (cpuMs, expected, asBlocked) => {
      expect(await status(id, PAGE, starved(80, cpuMs))).toBe(expected);
      expect(await status('server-loop-blocked', PAGE, starved(80, cpuMs))).toBe(asBlocked);
    },
  );

  test('names the request that waited', async () => {
    const { findings } = await said(id, PAGE, starved(80));
    expect(findings[0]?.where.requests).toMatchObject([{ request: 0, url: URL }]);
  });

  test('says for how long it had a processor, or that nobody knows', async () => {
    const known = await said(id, PAGE, starved(80, 2));
    expect(known.findings[0]?.sentence).toContain('at its longest it had the processor for 2 ms of 80 ms');
    const unknown = await said(id, PAGE, starved(80));
    expect(unknown.findings[0]?.sentence).toContain('whether it had a processor is not known');
  });

  test('that had a processor was held by something of the server’s own, though nobody saw by what', async () => {
    const { findings } = await said('server-loop-blocked', PAGE, starved(80, 83));
    expect(findings).toMatchObject([{ explainsMs: 80, where: { serverName: '/report', sql: null } }]);
    expect(findings[0]?.sentence).toContain(
      'longest for something that the server does not name, though it had the processor for 80 ms of 80 ms.',
    );
  });

  test.each([
    [49, 'clear'],
    [50, 'found'],
  ])('for %i ms is %s', async (length, expected) => {
    expect(await status(id, PAGE, starved(length))).toBe(expected);
  });

  test('is not known without the server’s trace', async () => {
    expect(await status(id, BARE)).toBe('no-server-trace');
  });
});

describe('a synchronous query on the loop', () => {
  const id = 'synchronous-query-on-event-loop';

  test('is named with its line, its SQL and its request', async () => {
    const args = { request: ID, sql: 'SELECT * FROM orders WHERE id = ?', stack: [DRIVER, ROUTES] };
    const { findings } = await said(id, PAGE, [SERVED, query(112, 150, args)]);
    expect(findings).toMatchObject([
      {
        explainsMs: 150,
        evidence: 'proven',
        where: {
          sql: 'SELECT * FROM orders WHERE id = ?',
          serverName: '/report',
          requests: [{ request: 0, method: 'GET', url: URL }],
        },
      },
    ]);
    // The author's own line comes before the library's.
    expect(findings[0]?.where.code.map(({ url, line }) => [url, line])).toEqual([
      [ROUTES.url, 50],
      [DRIVER.url, 7],
    ]);
  });

  test('is told by a block alone, where the server writes no queries', async () => {
    const held = { kind: 'database', by: 'SELECT ?', request: ID, stack: [ROUTES] };
    const { findings } = await said(id, PAGE, [SERVED, blocked(112, 150, held)]);
    expect(findings).toMatchObject([{ explainsMs: 150, where: { sql: 'SELECT ?' } }]);
    expect(findings[0]?.where.code).toMatchObject([{ url: ROUTES.url, line: 50 }]);
    expect(findings[0]?.sentence).toContain('of this request ran 1 time on');
  });

  test('that runs several times is told with the line of its longest run, and counted within the wait', async () => {
    const { findings } = await said(id, PAGE, [
      SERVED,
      query(20, 60, { request: OTHER, stack: [DRIVER] }),
      query(112, 10, { request: ID, stack: [DRIVER] }),
      query(130, 40, { request: ID, stack: [ROUTES] }),
      query(180, 20, { request: OTHER, stack: [DRIVER] }),
      query(280, 60, { request: OTHER, stack: [DRIVER] }),
    ]);
    expect(findings).toMatchObject([{ explainsMs: 70, where: { code: [{ url: ROUTES.url }] } }]);
    expect(findings[0]?.sentence).toContain('of this request ran 3 times on');
  });

  test('is counted once where the server tells of it as a block too', async () => {
    const args = { request: ID, sql: 'SELECT ?' };
    const server = [
      SERVED,
      query(112, 150, args),
      blocked(112, 150, { kind: 'database', by: 'SELECT ?', request: ID }),
    ];
    expect(await explained(id, PAGE, server)).toEqual([150]);
  });

  test('of another request, for which this one had to wait, says so', async () => {
    const { findings } = await said(id, PAGE, [LATE, query(60, 148, { request: OTHER })]);
    expect(findings).toMatchObject([{ explainsMs: 103 }]);
    expect(findings[0]?.sentence).toContain('of another request than this one');
  });

  test.each([
    ['of whom the query is', ID, ''],
    ['how its requests are called', '', OTHER],
  ])('is of nobody, where the server does not say %s', async (_, own, request) => {
    const server = [
      served(110, 268, { path: '/report', id: own, headers: 268 }),
      query(112, 150, { request }),
    ];
    const { findings } = await said(id, BARE, server);
    expect(findings[0]?.sentence).toContain('A query ran 1 time on');
  });

  test('keeps no more of its SQL than an agent would', async () => {
    const sql = `SELECT ${'a'.repeat(5000)}`;
    const { findings } = await said(id, PAGE, [SERVED, query(112, 150, { request: ID, sql })]);
    expect(findings[0]?.where.sql).toHaveLength(2000);
  });

  test('that runs in a thread is none', async () => {
    expect(await status(id, PAGE, [SERVED, query(112, 150, { onLoop: false, request: ID })])).toBe('clear');
  });

  test('is not blamed for a view that computes and asks for one row in between', async () => {
    const asking = query(150, 1, { request: ID });
    const computing = blocked(112, 150, { kind: 'javascript', by: 'render', request: ID });
    expect(await status(id, PAGE, [SERVED, computing, asking])).toBe('clear');
    expect(await status('server-loop-blocked', PAGE, [SERVED, computing, asking])).toBe('found');
  });

  test.each([
    [9, 'clear'],
    [10, 'found'],
  ])('for %i ms is %s', async (length, expected) => {
    expect(await status(id, PAGE, [SERVED, query(112, length, { request: ID })])).toBe(expected);
  });

  test('is not known without the server’s trace', async () => {
    expect(await status(id, BARE)).toBe('no-server-trace');
  });
});

const rowQuery = (at: number, ms: number, change = {}): ReturnType<typeof query> =>
  query(at, ms, { request: ID, sql: 'SELECT name FROM users WHERE id = ?', onLoop: false, ...change });

describe('repeated queries', () => {
  const id = 'n-plus-one-queries';
  const times = (count: number, ms: number, change = {}): Events => [
    SERVED,
    ...Array.from({ length: count }, (_, index) => rowQuery(112 + index * ms, ms, change)),
  ];

  test('of one request are told with their number and their time', async () => {
    const { findings } = await said(id, PAGE, times(10, 10));
    expect(findings).toMatchObject([
      { explainsMs: 100, where: { sql: 'SELECT name FROM users WHERE id = ?' } },
    ]);
    expect(findings[0]?.sentence).toContain('10 times');
  });

  test('are told with the first line of the server’s code that is known, and those that take longest first', async () => {
    const { findings } = await said(id, PAGE, [
      SERVED,
      ...Array.from({ length: 5 }, (_, at) => rowQuery(112 + at * 10, 10, { sql: 'SELECT quick' })),
      ...Array.from({ length: 5 }, (_, at) =>
        rowQuery(170 + at * 15, 15, { sql: 'SELECT slow', stack: at === 2 ? [ROUTES] : [] }),
      ),
    ]);
    expect(findings.map(({ explainsMs, where }) => [explainsMs, where.sql])).toEqual([
      [75, 'SELECT slow'],
      [50, 'SELECT quick'],
    ]);
    expect(findings[0]?.where.code).toMatchObject([{ functionName: 'report', line: 50 }]);
  });

  test.each([
    ['four', times(4, 20), 'clear'],
    ['five', times(5, 10), 'found'],
    ['five that take no time', times(5, 9), 'clear'],
    ['of other requests', times(10, 10, { request: OTHER }), 'clear'],
    [
      'each another',
      [SERVED, ...[1, 2, 3, 4, 5, 6].map((n) => rowQuery(100 + n * 20, 20, { sql: `SELECT ${String(n)}` }))],
      'clear',
    ],
  ] as const)('%s are %s', async (_, server, expected) => {
    expect(await status(id, PAGE, server)).toBe(expected);
  });
});

describe('a wait for a thread', () => {
  const id = 'executor-queue-wait';

  test('of the request is found, and named', async () => {
    const { findings } = await said(id, PAGE, [
      SERVED,
      executorWait(115, 215, { request: ID, name: 'list_all' }),
    ]);
    expect(findings).toMatchObject([{ explainsMs: 100, where: { serverName: 'list_all' } }]);
  });

  test('that others had beside it is not its own', async () => {
    expect(await status(id, PAGE, [SERVED, executorWait(115, 215, { request: OTHER })])).toBe('clear');
  });

  test.each([
    [9, 'clear'],
    [10, 'found'],
  ])('of %i ms is %s', async (length, expected) => {
    expect(await status(id, PAGE, [SERVED, executorWait(115, 115 + length, { request: ID })])).toBe(expected);
  });
});

describe('work of the server', () => {
  const id = 'slow-server-work';

  test('beside its loop is told with its query', async () => {
    const { findings } = await said(id, PAGE, [SERVED, query(112, 150, { request: ID, onLoop: false })]);
    expect(findings).toMatchObject([{ explainsMs: 158, where: { sql: 'SELECT ?' } }]);
    expect(findings[0]?.sentence).toContain('150 ms of it in queries');
  });

  test('is told with the longest of its own queries, and not by what other requests did meanwhile', async () => {
    const own = { request: ID, onLoop: false };
    const { findings } = await said(id, PAGE, [
      SERVED,
      query(112, 20, { ...own, sql: 'SELECT short' }),
      query(140, 60, { ...own, sql: 'SELECT long' }),
      query(112, 155, { ...own, request: OTHER, sql: 'SELECT other' }),
      executorWait(112, 262, { request: OTHER }),
    ]);
    expect(findings).toMatchObject([{ explainsMs: 158, where: { sql: 'SELECT long' } }]);
    expect(findings[0]?.sentence).toContain('80 ms of it in queries');
  });

  test('on its loop is another finding', async () => {
    expect(await status(id, PAGE, [SERVED, blocked(112, 150, { request: ID })])).toBe('clear');
  });

  test('after the wait for a thread counts without that wait', async () => {
    expect(await explained(id, PAGE, [SERVED, executorWait(110, 190, { request: ID })])).toEqual([78]);
  });
});

describe('a coroutine that nobody awaited', () => {
  const id = 'not-awaited';

  test('is found though it took no time, with its line', async () => {
    const seen = notAwaited(200, { request: ID, stack: [{ ...ROUTES, url: '/srv/shop/views.py' }] });
    const { findings } = await said(id, PAGE, [SERVED, seen]);
    expect(findings).toMatchObject([{ explainsMs: 0, evidence: 'proven', where: { serverName: 'aupdate' } }]);
    expect(findings[0]?.where.code).toMatchObject([{ url: '/srv/shop/views.py', line: 50 }]);
  });

  test('is guessed by time where the server does not say whose it was', async () => {
    const { findings } = await said(id, PAGE, [SERVED, notAwaited(200)]);
    expect(findings).toMatchObject([{ evidence: 'guessed' }]);
    expect(await status(id, PAGE, [SERVED, notAwaited(290)])).toBe('clear');
  });

  test('of another request is not this one’s', async () => {
    expect(await status(id, PAGE, [SERVED, notAwaited(200, { request: OTHER })])).toBe('clear');
  });

  test('is looked for in what the click sent and did not wait for', async () => {
    const sent = [clickAt(100), scriptRequest(103, 'a', { url: URL })];
    const server = [served(110, 130, { path: '/report', id: ID }), notAwaited(120, { request: ID })];
    expect(await status(id, sent, server)).toBe('found');
    expect(await status(id, sent)).toBe('no-server-trace');
  });
});
