import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherServerFacts } from '../../src/timeline/facts.ts';
import { navigationStart } from '../support/causes.ts';
import { contentfulPaint, interaction, rendering } from '../support/interactions.ts';
import { request } from '../support/requests.ts';
import { arrayTrace, comparable, factsOf } from '../support/trace-bytes.ts';
import {
  instant,
  loopBlocked,
  mainThread,
  step,
  task,
  threadName,
  type TraceEvent,
} from '../support/trace-events.ts';

const commit = (processId: number, ms: number): TraceEvent =>
  instant('FrameCommittedInBrowser', ms, { args: { data: { frame: 'MAIN', processId } } });

// No two events of one kind at the same time: nothing but their order in the trace could tell those apart.
const events: readonly TraceEvent[] = [
  ...mainThread,
  threadName(20, 1, 'CrRendererMain'),
  commit(10, 1),
  commit(20, 900),
  task(0, 100),
  task(10, 80),
  task(300, 20),
  task(400, 60, { tdur: 3 }),
  task(950, 70, { pid: 20 }),
  ...interaction({
    interactionId: 7,
    type: 'pointerdown',
    start: 5,
    processing: [6, 9],
    end: 30,
    asyncId: '1',
  }),
  ...interaction({ interactionId: 7, type: 'click', start: 50, processing: [52, 60], end: 90, asyncId: '1' }),
  ...interaction({
    interactionId: 8,
    type: 'keydown',
    start: 95,
    processing: [96, 97],
    end: 99,
    asyncId: '1',
  }),
  ...contentfulPaint({ input: 50, modified: 270, painted: 275, presented: 287, nodeId: 5 }),
  ...contentfulPaint({ input: 95, modified: 370, painted: 375, presented: 387, nodeId: 5 }),
  rendering(60),
  rendering(100),
  rendering(272),
  rendering(372),
  ...request({
    requestId: '1',
    url: 'https://page.test/a',
    sent: 55,
    response: { headers: 200, seen: 201 },
    finish: { lastByte: 203, seen: 204 },
  }),
  ...request({ requestId: '1', url: 'https://page.test/redirected', sent: 57 }),
  ...request({ requestId: '2', url: 'https://page.test/b', sent: 56, finish: { seen: 58, failed: true } }),
  ...[43, 47].map((ms) =>
    instant('LayoutShift', ms, { args: { frame: 'MAIN', data: { weighted_score_delta: ms / 100 } } }),
  ),
  navigationStart(2, { id: 'first', url: 'https://page.test/' }),
  navigationStart(880, { id: 'second', url: 'https://page.test/second' }),
  instant('firstContentfulPaint', 40, { args: { frame: 'MAIN' } }),
  instant('largestContentfulPaint::Candidate', 41, { args: { frame: 'MAIN' } }),
  instant('largestContentfulPaint::Candidate', 45, { args: { frame: 'MAIN' } }),
  ...step(0, 4, 300),
  ...step(1, 300, 990),
];

const shuffled = (all: readonly TraceEvent[]): fc.Arbitrary<readonly TraceEvent[]> =>
  fc.shuffledSubarray([...all], { minLength: all.length });

test('a trace says the same in whatever order its events stand', async () => {
  const inOrder = comparable(await factsOf(events));
  expect(inOrder.interactions).toHaveLength(2);
  expect(inOrder.contentfulPaints.paints).toHaveLength(2);
  expect(inOrder.tasks).toHaveLength(4);
  await fc.assert(
    fc.asyncProperty(shuffled(events), async (mixed) => {
      expect(comparable(await factsOf(mixed))).toEqual(inOrder);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("a server's trace says the same in whatever order its events stand", async () => {
  const blocks = [loopBlocked(0, 10, 'a'), loopBlocked(20, 5, 'b'), loopBlocked(30, 40, 'c')];
  const inOrder = await gatherServerFacts([arrayTrace(blocks)]);
  expect(inOrder.trace.blocks.map(({ by }) => by)).toEqual(['a', 'b', 'c']);
  await fc.assert(
    fc.asyncProperty(shuffled(blocks), async (mixed) => {
      expect((await gatherServerFacts([arrayTrace(mixed)])).trace).toEqual(inOrder.trace);
    }),
    { seed: 1, numRuns: 20 },
  );
});
