import { expect, test } from 'vitest';
import type { Interaction } from '../../src/result/trace-result.ts';
import { clickAt, userInteraction } from '../support/causes.ts';
import { describeTrace } from '../support/described.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { mainThread, type TraceEvent } from '../support/trace-events.ts';

const interactionsOf = async (
  ...events: readonly (TraceEvent | readonly TraceEvent[])[]
): Promise<readonly Interaction[]> =>
  describeTrace('trace.json', await factsOf(mainThread, ...events)).interactions;

const NONE = { unavailable: 'not-recorded' };

test('an interaction has Chrome’s figure, and the one that a RUM tool would report', async () => {
  const events = [clickAt(100, { end: 246.748 }), userInteraction(250, 146)];
  expect(await interactionsOf(...events)).toMatchObject([
    { durationMs: 146.748, roundedDurationMs: 144, chromeDurationMs: 146 },
  ]);
});

test.each([
  [163.609, 160],
  [20, 24],
  [19.999, 16],
  [3.9, 0],
])('%f ms are reported as %i ms: the nearest multiple of 8', async (durationMs, roundedDurationMs) => {
  const [found] = await interactionsOf(clickAt(100, { end: 100 + durationMs }));
  expect(found).toMatchObject({ durationMs, roundedDurationMs });
});

test('of two that fit, Chrome means the one that has just ended', async () => {
  const events = [clickAt(100), clickAt(300), userInteraction(318, 16), userInteraction(118, 16)];
  expect((await interactionsOf(...events)).map(({ chromeDurationMs }) => chromeDurationMs)).toEqual([16, 16]);
  const once = await interactionsOf(clickAt(100), clickAt(300), userInteraction(318, 16));
  expect(once.map(({ chromeDurationMs }) => chromeDurationMs)).toEqual([NONE, 16]);
});

test.each([
  ['of another length', userInteraction(120, 18)],
  ['of another kind', userInteraction(120, 16, 'keyboard')],
  ['of another frame', { ...userInteraction(120, 16), args: { frame: 'X', data: { maxDuration: 16 } } }],
  ['of another process', { ...userInteraction(120, 16), pid: 20 }],
  ['from before it', userInteraction(90, 16)],
])('a figure %s is not its own', async (_, figure) => {
  expect(await interactionsOf(clickAt(100), figure)).toMatchObject([{ chromeDurationMs: NONE }]);
});

test('where Chrome rounded the events to 8 ms, its own figure is the exact one', async () => {
  const rounded = clickAt(100, { processing: [102, 105], end: 468 });
  expect(await interactionsOf(rounded, userInteraction(470, 364))).toMatchObject([
    { durationMs: 368, roundedDurationMs: 368, chromeDurationMs: 364, precision: 'steps-of-8-milliseconds' },
  ]);
});

test.each([
  ['microsecond', { processing: [101.5, 105], end: 116 }],
  ['parts-in-milliseconds', { processing: [102, 105], end: 116.4 }],
  ['parts-in-milliseconds', { processing: [102, 105], end: 112 }],
  ['steps-of-8-milliseconds', { processing: [102, 105], end: 116 }],
  ['steps-of-8-milliseconds', { processing: [102, 105], end: 124 }],
] as const)('%s: told by the trace’s own figures', async (precision, change) => {
  expect(await interactionsOf(clickAt(100, change))).toMatchObject([{ precision }]);
});

test('not every event is round by chance, and hovering says nothing', async () => {
  const whole = clickAt(100, { processing: [102, 105], end: 116 });
  const odd = clickAt(200, { processing: [202, 205], end: 213 });
  expect(await interactionsOf(whole, odd)).toMatchObject([
    { precision: 'parts-in-milliseconds' },
    { precision: 'parts-in-milliseconds' },
  ]);
  const hover = clickAt(300, { interactionId: 0, type: 'mousemove', processing: [300.5, 301.2], end: 308.1 });
  expect(await interactionsOf(whole, hover)).toMatchObject([{ precision: 'steps-of-8-milliseconds' }]);
});

test('one exact event shows that the others are only round by chance', async () => {
  const events = [clickAt(100, { processing: [102, 105] }), clickAt(200)];
  expect(await interactionsOf(...events)).toMatchObject([
    { precision: 'microsecond' },
    { precision: 'microsecond' },
  ]);
});
