import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromMs, traceTime } from '../../src/base/units.ts';
import { chromeDurations } from '../../src/insights/chrome-durations.ts';
import type { Interaction } from '../../src/result/trace-result.ts';
import type { Interaction as FoundInteraction } from '../../src/timeline/input/interactions.ts';
import type { UserInteraction } from '../../src/timeline/input/user-interactions.ts';
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

/** One lasts a millisecond longer: they are looked for in different places. */
const ENDING_TOGETHER = [
  { start: 1, length: 8_500, isKeyboard: false },
  { start: 0, length: 9_000, isKeyboard: false },
];

test('what it finds is what comparing each figure with each interaction finds', () => {
  const click = fc.record({ start: fc.nat(60), length: fc.nat(8_500), isKeyboard: fc.boolean() });
  const figure = fc.record({ ts: fc.nat(70), length: fc.nat(9), isKeyboard: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(click, { maxLength: 12 }),
      fc.array(figure, { maxLength: 12 }),
      (clicks, figures) => {
        const interactions = clicks.map(({ start, length, isKeyboard }, index) =>
          interactionFrom(start * 500, start * 500 + length, { index, isKeyboard }),
        );
        const userInteractions = figures
          .map(({ ts, length, isKeyboard }): UserInteraction => ({
            pid: 1,
            frame: 'F',
            ts: traceTime(ts * 500),
            isKeyboard,
            maxDuration: fromMs(length),
          }))
          .toSorted((a, b) => a.ts - b.ts || a.maxDuration - b.maxDuration);
        const found = chromeDurations({ interactions, userInteractions, precision: 'microsecond' });
        expect([...found]).toEqual(byComparingAll(interactions, userInteractions));
      },
    ),
    { examples: [[ENDING_TOGETHER, [{ ts: 17, length: 9, isKeyboard: false }]]] },
  );
});

function interactionFrom(
  start: number,
  end: number,
  { index, isKeyboard }: { readonly index: number; readonly isKeyboard: boolean },
): FoundInteraction {
  const [from, to] = [traceTime(start), traceTime(end)];
  return {
    pid: 1,
    tid: 1,
    frame: 'F',
    interactionId: index,
    type: isKeyboard ? 'keydown' : 'click',
    start: from,
    end: to,
    processingStart: from,
    processingEnd: to,
    eventStarts: [from],
    handled: [],
    nodeId: 0,
  };
}

/** The figures one after the other: of all that fit and have none, the one whose end lies nearest, before rather than after, the one that began first rather than later. */
function byComparingAll(
  interactions: readonly FoundInteraction[],
  figures: readonly UserInteraction[],
): readonly (readonly [FoundInteraction, number])[] {
  const found = new Map<FoundInteraction, number>();
  for (const { ts, isKeyboard, maxDuration } of figures) {
    const [nearest] = interactions
      .filter((one) => !found.has(one) && (one.type === 'keydown') === isKeyboard && one.start <= ts)
      .filter(({ start, end }) => end - start - maxDuration >= -1000 && end - start - maxDuration < 1000)
      .toSorted((a, b) => Math.abs(a.end - ts) - Math.abs(b.end - ts) || a.end - b.end || a.start - b.start);
    if (nearest !== undefined) found.set(nearest, maxDuration);
  }
  return [...found];
}

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
