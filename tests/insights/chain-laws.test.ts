import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { isUnavailable } from '../../src/base/measure.ts';
import { readTrace } from '../../src/node/read-trace.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';
import { describeTrace } from '../support/described.ts';
import { clickAt } from '../support/causes.ts';
import { exchange } from '../support/exchange.ts';
import { contentfulPaint } from '../support/interactions.ts';
import { call, layout } from '../support/rendering.ts';
import { blocked, served, sideOf, traceParent } from '../support/server-trace.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { mainThread } from '../support/trace-events.ts';

const FOLDERS = ['fixtures/traces', '../shared/traces'].filter((folder) => existsSync(folder));
const TRACES = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => /\.json(\.gz)?$/.test(file))
    .map((file) => join(folder, file)),
);

describe.each(TRACES)('in %s', (file) => {
  test('the segments of each chain touch, and add up to ICP or to the duration', async () => {
    const { interactions, requests } = await analyze({ file, bytes: readTrace(file) });
    expectWhole({ interactions, requests });
  });
});

/** Chains of segments that touch, and add up to what the interaction took. */
function expectWhole({ interactions, requests }: Pick<TraceResult, 'interactions' | 'requests'>): void {
  for (const { startMs, durationMs, icpStartMs, icpMs, chain } of interactions) {
    const isPainted = chain.endsWith !== 'next-paint';
    expect(isPainted).toBe(!isUnavailable(icpMs));
    const start = isUnavailable(icpStartMs) ? startMs : icpStartMs;
    const whole = isUnavailable(icpMs) ? durationMs : icpMs;
    let at = start;
    for (const segment of chain.segments) {
      expect(segment.durationMs).toBeGreaterThan(0);
      expect(segment.startMs).toBeCloseTo(at, 2);
      expect(segment.request === null || requests[segment.request] !== undefined).toBe(true);
      at = segment.startMs + segment.durationMs;
    }
    // Each edge is rounded to the microsecond by itself.
    expect(at).toBeCloseTo(start + whole, 2);
  }
}

/** Milliseconds, of which a click at 100 has the result at 400. */
const times = (count: number): fc.Arbitrary<readonly number[]> =>
  fc.array(fc.double({ min: 20, max: 500, noNaN: true }), { minLength: count, maxLength: count });
const inOrder = (list: readonly number[]): readonly number[] => list.toSorted((a, b) => a - b);
const [requested, connected, written, headers, lastByte, seen] = [0, 1, 2, 3, 4, 5] as const;

/** What the network, the page and the server write of one request: in their order, or in any. */
const asked = fc.record({
  network: fc.oneof(times(6).map(inOrder), times(6)),
  server: fc.oneof(times(3).map(inOrder), times(3)),
  isKnown: fc.boolean(),
  metrics: fc.constantFrom(
    '',
    'total;dur=30, ',
    'loop;dur=40, total;dur=20, ',
    'loop;dur=9e9, total;dur=9e9, ',
  ),
  from: fc.constantFrom('server', 'fromCache', 'fromServiceWorker'),
});

test('whatever the network and the server write, the segments touch and add up to ICP', async () => {
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(asked, { maxLength: 4 }),
      fc.array(fc.tuple(times(1), fc.double({ min: 0.1, max: 200, noNaN: true })), { maxLength: 3 }),
      async (requests, blocks) => {
        const page = requests.flatMap(({ network, metrics, from }, index) => {
          const at = (place: number): number => network[place] ?? 0;
          return exchange(`r${String(index)}`, {
            // The handlers run from 101 to 105.
            sent: 102 + index / 10,
            requested: at(requested),
            connected: at(connected),
            written: at(written),
            headers: at(headers),
            lastByte: at(lastByte),
            seen: at(seen),
            serverTiming: `${metrics}${traceParent(idOf(index))}`,
            [from]: true,
          });
        });
        const server = [
          ...requests.flatMap(({ server: [began = 0, wrote = 0, ended = 0], isKnown }, index) =>
            isKnown
              ? served(began, ended, { id: idOf(index), path: `/r${String(index)}`, headers: wrote })
              : [],
          ),
          ...blocks.map(([[start = 0], length]) => blocked(start, length)),
        ];
        const facts = await factsOf(
          mainThread,
          clickAt(100),
          contentfulPaint({ input: 100, modified: 381, painted: 390, presented: 400, nodeId: 5 }),
          call(380, 4, 'run', 1),
          layout(388, 4),
          page,
        );
        const side = await sideOf(facts, server, { here: 'one', there: 'one' });
        const result = describeTrace('trace.json', facts, side);
        expectWhole(result);
        for (const { chain } of result.interactions) for (const { kind } of chain.segments) kinds.add(kind);
      },
    ),
    { seed: 4, numRuns: 200 },
  );
  // What was drawn reaches the parts of a chain that are told by the network, by the response and by the server's trace.
  expect([...kinds]).toEqual(
    expect.arrayContaining([
      'cache',
      'connection',
      'serverQueue',
      'serverQueueOrNetwork',
      'serverWork',
      'waiting',
    ]),
  );
});

const idOf = (index: number): string => `${'0'.repeat(15)}${String(index)}`;
