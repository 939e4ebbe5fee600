import { expect, test } from 'vitest';
import { clickAt } from '../support/causes.ts';
import { describeTrace } from '../support/described.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { instant, mainThread, type TraceEvent } from '../support/trace-events.ts';

const withNode = (nodeId: number, event: readonly TraceEvent[]): readonly TraceEvent[] =>
  JSON.parse(JSON.stringify(event).replace('"type":"click"', `"type":"click","nodeId":${String(nodeId)}`));

/** A click on a node, and what else the trace tells. */
async function targetOf(nodeId: number, ...events: readonly TraceEvent[]): Promise<unknown> {
  const click = withNode(nodeId, clickAt(100));
  const { interactions } = describeTrace('trace.json', await factsOf(mainThread, click, ...events));
  return interactions[0]?.target;
}

const lcp = (ms: number, nodeId: number, nodeName: string, pid?: number): TraceEvent =>
  instant('largestContentfulPaint::Candidate', ms, {
    args: { data: { nodeId, nodeName } },
    ...(pid === undefined ? {} : { pid }),
  });

const NAME = "BUTTON id='save'";

test.each<readonly [string, TraceEvent]>([
  ['a large paint', lcp(50, 7, NAME)],
  [
    'a change by an interaction',
    instant('SoftNavigationContext::AddedModifiedNodeInAnimationFrame', 50, {
      args: { nodeId: 7, nodeDebugName: NAME },
    }),
  ],
  [
    'a layout shift',
    instant('LayoutShift', 50, { args: { data: { impacted_nodes: [{ node_id: 7, debug_name: NAME }] } } }),
  ],
  ['a paint', instant('Paint', 50, { args: { data: { nodeId: 7, nodeName: NAME } } })],
  ['a hit test', instant('HitTest', 50, { args: { endData: { nodeId: 7, nodeName: NAME } } })],
  [
    'an invalidation',
    instant('StyleRecalcInvalidationTracking', 50, { args: { data: { nodeId: 7, nodeName: NAME } } }),
  ],
])('what was clicked is named by %s', async (_, event) => {
  expect(await targetOf(7, event)).toEqual({ nodeId: 7, name: NAME });
});

test('the last name of a node counts: its attributes change', async () => {
  expect(await targetOf(7, lcp(80, 7, 'P'), lcp(60, 7, NAME))).toEqual({ nodeId: 7, name: 'P' });
});

test('of two names at one time one counts, whichever stands first, and an empty one never', async () => {
  for (const names of [
    ['P', NAME, ''],
    ['', NAME, 'P'],
  ]) {
    const events = names.map((name) => lcp(60, 7, name));
    expect(await targetOf(7, ...events, lcp(90, 7, ''))).toEqual({ nodeId: 7, name: 'P' });
  }
});

test('a node that nothing names has its number', async () => {
  expect(await targetOf(7, lcp(50, 8, NAME), lcp(50, 7, NAME, 20))).toEqual({
    nodeId: 7,
    name: { unavailable: 'not-recorded' },
  });
});

test('where the slowest event names no node, that of the interaction’s other events is the target', async () => {
  const facts = await factsOf(
    mainThread,
    clickAt(50, { interactionId: 1, end: 60, asyncId: 'a' }),
    withNode(7, clickAt(70, { interactionId: 1, end: 80, asyncId: 'b' })),
    clickAt(100, { interactionId: 1, end: 200, asyncId: 'c' }),
  );
  expect(facts.interactions).toMatchObject([{ interactionId: 1, nodeId: 7 }]);
});

test('an interaction without a node has no target', async () => {
  expect(await targetOf(0)).toEqual({ unavailable: 'not-recorded' });
});

test('a name of any length is cut', async () => {
  expect(await targetOf(7, lcp(50, 7, 'x'.repeat(5000)))).toEqual({ nodeId: 7, name: 'x'.repeat(200) });
});
