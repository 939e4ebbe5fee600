import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ServedRequest } from '../../src/server/served-request.ts';
import { SpanIds } from '../../src/server/span-ids.ts';

function servedWith(...rawHeaders: string[]): ServedRequest {
  const request = new IncomingMessage(new Socket());
  request.rawHeaders = rawHeaders;
  return new ServedRequest(request, new SpanIds(), { startUs: 1_000_000, loopUs: 12_345 });
}

describe('what a response tells of its times', () => {
  test.each([
    [[], '0.000'],
    [[[0, 1_005]], '1.005'],
    [[[0.25, 1_234.5]], '1.234'],
    [[[5, 0]], '0.000'],
    [
      [
        [0, 1_000],
        [2_000, 2_500],
      ],
      '1.500',
    ],
    [
      [
        [1_000, 3_000],
        [0, 2_000],
        [500, 700],
      ],
      '3.000',
    ],
  ])('is of queries at %j the time in which at least one ran', (queries, db) => {
    const served = servedWith();
    for (const [startUs = 0, endUs = 0] of queries) served.queried({ startUs, endUs });
    expect(served.serverTiming(1_070_080)).toContain(
      `total;dur=70.080, db;dur=${db}, queue;dur=0.000, loop;dur=12.345, `,
    );
  });
});

describe('what a request has begun may query for as long as the server runs, and is not kept for its headers', () => {
  const query = { startUs: 1_000_000, endUs: 1_001_000 };

  test('once these were sent', () => {
    const served = servedWith();
    served.queried(query);
    served.headersUs = 1_002_000;
    served.queried({ startUs: 1_003_000, endUs: 1_009_000 });
    expect(served.serverTiming(1_010_000)).toContain('db;dur=1.000,');
  });

  test('nor once the client has gone without them', () => {
    const served = servedWith();
    const request = new IncomingMessage(new Socket());
    served.queried(query);
    served.ended(request, new ServerResponse(request), 1_002_000);
    served.queried(query);
    expect(served.serverTiming(1_010_000)).toContain('db;dur=0.000,');
  });
});

const TRACE = 'b'.repeat(32);
const PARENT = 'c'.repeat(16);

describe("a client's traceparent", () => {
  test.each(['traceparent', 'Traceparent', 'TRACEPARENT'])('is found as %s', (name) => {
    const { parent } = servedWith('Host', 'traceparent', name, `00-${TRACE}-${PARENT}-01`);
    expect(parent).toEqual({ traceId: TRACE, parentId: PARENT });
  });

  test.each(['', '00', `00-${TRACE}-${PARENT}`, `00-${TRACE.toUpperCase()}-${PARENT}-01`])(
    'of %j is none',
    (value) => {
      expect(servedWith('traceparent', value).parent).toBeUndefined();
    },
  );
});

test('ids are of the length that the header asks for, and no two the same', () => {
  const ids = new SpanIds();
  const numbers = Array.from({ length: 1000 }, () => ids.next());
  expect(new Set(numbers.map((number) => ids.spanId(number))).size).toBe(1000);
  for (const number of [1, 2 ** 32 - 1]) {
    expect(ids.spanId(number)).toMatch(/^[0-9a-f]{16}$/);
    expect(ids.traceId(number)).toMatch(/^[0-9a-f]{32}$/);
  }
  expect(ids.spanId(1)).not.toBe(new SpanIds().spanId(1));
  expect(ids.spanIdOrNull(0)).toBeNull();
});
