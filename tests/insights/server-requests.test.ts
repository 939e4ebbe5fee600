import { describe, expect, test } from 'vitest';
import { matchServerRequests } from '../../src/insights/server-requests.ts';
import { gatherServerFacts } from '../../src/timeline/facts.ts';
import { type Exchange, exchange } from '../support/exchange.ts';
import { served, type ServedRequest, traceParent } from '../support/server-trace.ts';
import { arrayTrace, factsOf } from '../support/trace-bytes.ts';
import { clock, mainThread, type TraceEvent } from '../support/trace-events.ts';

const url = 'https://api.test/list?page=2';
const path = '/list';

type Asked = readonly [sent: number, headers: number, change?: Partial<Exchange>];
type Served = readonly [start: number, headers: number, change?: Partial<ServedRequest>];

/** For each of the page's requests: when the server came to it, and how sure that is. */
async function matched(asked: readonly Asked[], serves: readonly Served[]): Promise<readonly string[]> {
  const page = asked.map(([sent, headers, change], index) =>
    exchange(String(index), { sent, headers, seen: headers + 1, lastByte: headers, url, ...change }),
  );
  const { requests } = await factsOf(mainThread, ...page);
  const events: TraceEvent[] = serves.flatMap(([start, headers, change]) =>
    served(start, headers, { path, ...change }),
  );
  const { trace } = await gatherServerFacts([arrayTrace(events)]);
  const matches = matchServerRequests(requests, trace);
  return requests.map((request) => {
    const match = matches.get(request);
    return match === undefined
      ? 'none'
      : `${String((match.request.start - clock(0)) / 1000)} ${match.evidence}`;
  });
}

const id = (end: string): string => end.padStart(16, '0');
const named = (end: string): { readonly serverTiming: string } => ({ serverTiming: traceParent(id(end)) });

describe('of equal requests in flight at once', () => {
  test('the ids tell which is which, whatever the order', async () => {
    expect(
      await matched(
        [
          [10, 100, named('a')],
          [12, 60, named('b')],
        ],
        [
          [20, 50, { id: id('b') }],
          [22, 90, { id: id('a') }],
        ],
      ),
    ).toEqual(['22 proven', '20 proven']);
  });

  test('without ids it is a guess, in the order of time', async () => {
    expect(
      await matched(
        [
          [10, 100],
          [12, 100],
        ],
        [
          [20, 50],
          [22, 90],
        ],
      ),
    ).toEqual(['20 guessed', '22 inferred']);
  });

  test('one with an id leaves the other to the rest', async () => {
    expect(
      await matched(
        [
          [10, 100],
          [12, 60, named('b')],
        ],
        [
          [20, 50, { id: id('b') }],
          [22, 90],
        ],
      ),
    ).toEqual(['22 inferred', '20 proven']);
  });
});

test('one after the other over the same connection, each is its own', async () => {
  expect(
    await matched(
      [
        [10, 30],
        [31, 50],
        [51, 70],
      ],
      [
        [15, 28],
        [35, 48],
        [55, 68],
      ],
    ),
  ).toEqual(['15 inferred', '35 inferred', '55 inferred']);
});

test('one that the client tried again is the one that was answered', async () => {
  // The server began twice: the first connection broke before headers were written.
  expect(
    await matched(
      [[10, 100, named('b')]],
      [
        [12, 20, { id: id('a') }],
        [60, 95, { id: id('b') }],
      ],
    ),
  ).toEqual(['60 proven']);
});

describe('is none of the server’s', () => {
  test.each<[string, Asked, Served]>([
    [
      'from the cache, whatever id it had when it was stored',
      [10, 100, { ...named('a'), fromCache: true }],
      [20, 90, { id: id('a') }],
    ],
    [
      'with an id of which the server knows nothing, though another fits',
      [10, 100, named('c')],
      [20, 90, { id: id('a') }],
    ],
    [
      'whose id is of a request that was served before it was sent',
      [50, 100, named('a')],
      [20, 30, { id: id('a') }],
    ],
    ['with another method', [10, 100], [20, 90, { method: 'POST' }]],
    ['with another path', [10, 100], [20, 90, { path: '/lists' }]],
    ['that was answered before the server began', [10, 15], [20, 90]],
  ])('one %s', async (_, asked, serves) => {
    expect(await matched([asked], [serves])).toEqual(['none']);
  });

  test('two with the same id: a cache between page and server gave one of them', async () => {
    expect(
      await matched(
        [
          [10, 100, named('a')],
          [11, 99, named('a')],
        ],
        [[20, 90, { id: id('a') }]],
      ),
    ).toEqual(['none', 'none']);
  });
});

test('an id is read in whatever case and place it stands, and nothing else is one', async () => {
  const header = `db;dur=1, TraceParent;desc=00-${'A'.repeat(32)}-${id('F').toUpperCase()}-01`;
  expect(await matched([[10, 100, { serverTiming: header }]], [[20, 90, { id: id('f') }]])).toEqual([
    '20 proven',
  ]);
  const short = 'traceparent;desc="00-1-2-01"';
  expect(await matched([[10, 100, { serverTiming: short }]], [[20, 90]])).toEqual(['20 inferred']);
});
