import { describe, expect, test } from 'vitest';
import type { AnimationFrames } from '../../src/result/rendering-result.ts';
import { describeTrace } from '../support/described.ts';
import { animationFrame, spanning } from '../support/rendering.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { instant, mainThread, task, type TraceEvent } from '../support/trace-events.ts';

type Events = readonly (TraceEvent | readonly TraceEvent[])[];

const start = task(0, 1);
const framesOf = async (...events: Events): Promise<AnimationFrames> =>
  describeTrace('trace.json', await factsOf(mainThread, start, ...events)).animationFrames;

/** Start and length in ms, the longest first. */
const spans = ({ longest }: AnimationFrames): readonly (readonly number[])[] =>
  longest.map(({ startMs, durationMs }) => [startMs, durationMs]);

const shown = (ms: number): TraceEvent =>
  instant('AnimationFrame::Presentation', ms, { ph: 'n', args: { id: 'a1' } });
const input = (ms: number): TraceEvent => instant('AnimationFrame::FirstUIEvent', ms, { ph: 'n' });

describe('an animation frame', () => {
  test('is long from 50 ms on', async () => {
    const frames = await framesOf(animationFrame(0, 49.999), animationFrame(100, 150));
    expect([frames.count, frames.over50Count]).toEqual([2, 1]);
  });

  test('ends where the next end is: all frames of a renderer have the same id', async () => {
    const frames = await framesOf(animationFrame(0, 10), animationFrame(10, 50), animationFrame(60, 90));
    expect(spans(frames)).toEqual([
      [10, 40],
      [60, 30],
      [0, 10],
    ]);
  });

  test('is paired on its own thread', async () => {
    const other = { pid: 20 };
    const frames = await framesOf(animationFrame(0, 30), animationFrame(10, 15, {}, other));
    expect(spans(frames)).toEqual([
      [0, 30],
      [10, 5],
    ]);
  });

  test('is not made of the flows that have its name', async () => {
    const flows = ['s', 'f'].map((ph) => instant('AnimationFrame', 5, { ph, id: 1 }));
    expect((await framesOf(flows, animationFrame(0, 10))).count).toBe(1);
  });

  test('that the trace cuts at either side is no frame, and shifts no other', async () => {
    const [begin] = animationFrame(200, 230);
    const [, end] = animationFrame(-10, 5);
    const frames = await framesOf(end ?? [], animationFrame(10, 20), animationFrame(30, 50), begin ?? []);
    expect(spans(frames)).toEqual([
      [30, 20],
      [10, 10],
    ]);
  });

  test('whose end was lost does not take the end of the next', async () => {
    const [begin] = animationFrame(0, 5);
    expect(spans(await framesOf(begin ?? [], animationFrame(10, 20)))).toEqual([[10, 10]]);
  });

  test('says when it rendered, saw input and was shown', async () => {
    const frames = await framesOf(
      animationFrame(10, 60, {
        id: 'a1',
        animation_frame_timing_info: { blocking_duration_ms: 10, num_scripts: 1 },
      }),
      animationFrame(70, 80, { id: 'a2' }),
      instant('AnimationFrame::FirstUIEvent', 8, { ph: 'n' }),
      animationFrame(0, 5),
      spanning('AnimationFrame::Render', 40, 60),
      spanning('AnimationFrame::StyleAndLayout', 45, 50),
      instant('AnimationFrame::Presentation', 66, { ph: 'n', args: { id: 'a1' } }),
    );
    expect(frames.longest.slice(0, 2)).toMatchObject([
      {
        blockingMs: 10,
        firstUiEventMs: 8,
        renderStartMs: 40,
        styleAndLayoutStartMs: 45,
        presentedMs: 66,
      },
      {
        blockingMs: { unavailable: 'not-recorded' },
        firstUiEventMs: { unavailable: 'no-input' },
        renderStartMs: { unavailable: 'no-rendering' },
        presentedMs: { unavailable: 'not-presented' },
      },
    ]);
  });

  test('was shown when it was first presented, and saw the first of its inputs', async () => {
    const frame = animationFrame(10, 60, { id: 'a1' });
    for (const events of [
      [shown(70), shown(66)],
      [shown(66), shown(70)],
    ]) {
      const { longest } = await framesOf(frame, events, input(9), input(8));
      expect(longest[0]).toMatchObject({ presentedMs: 66, firstUiEventMs: 8 });
    }
  });

  test('of April 2024 says its blocking time in another form', async () => {
    const frames = await framesOf(animationFrame(0, 80, { data: { blockingDuration: 30 } }));
    expect(frames.longest[0]?.blockingMs).toBe(30);
  });
});

test('a script says who called it, what it forced and for how long it paused', async () => {
  const frames = await framesOf(
    animationFrame(0, 60),
    spanning('AnimationFrame::Script::Execute', 10, 40, {
      animation_frame_script_timing_info: {
        invoker_type: 'EVENT_HANDLER',
        class_like_name: 'BUTTON',
        property_like_name: 'click',
        source_location_url: 'https://page.test/app.js?token=secret',
        source_location_function_name: 'save',
        source_location_char_position: 0,
        style_duration_ms: 3,
        layout_duration_ms: 4,
        pause_duration_ms: 20,
      },
    }),
  );
  expect(frames.longest[0]?.scripts).toEqual([
    {
      startMs: 10,
      durationMs: 30,
      invokerType: 'EVENT_HANDLER',
      invokerClass: 'BUTTON',
      invokerProperty: 'click',
      url: 'https://page.test/app.js?token=[6 characters]',
      functionName: 'save',
      charPosition: 0,
      forcedStyleMs: 3,
      forcedLayoutMs: 4,
      pauseMs: 20,
    },
  ]);
});

test('no more than twenty frames are listed, but all are counted', async () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    animationFrame(index * 100, index * 100 + 60 + index),
  );
  const { count, over50Count, longest } = await framesOf(...many);
  expect([count, over50Count, longest.length, longest[0]?.durationMs]).toEqual([30, 30, 20, 89]);
});
