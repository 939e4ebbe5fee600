import { describe, expect, test } from 'vitest';
import type { TraceResult } from '../../src/result/trace-result.ts';
import { commit, navigationStart, started } from '../support/causes.ts';
import { describeTrace } from '../support/described.ts';
import { interaction } from '../support/interactions.ts';
import { layout, style, work } from '../support/rendering.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { clock, instant, mainThread, PAGE, task, type TraceEvent } from '../support/trace-events.ts';

type Events = readonly (TraceEvent | readonly TraceEvent[])[];

const resultOf = async (...events: Events): Promise<TraceResult> =>
  describeTrace('trace.json', await factsOf(mainThread, task(0, 100), ...events));

const context = (domModifications: number): TraceEvent => ({
  context: { softNavContextId: 1, timeOrigin: clock(50), domModifications },
});

const shift = (ms: number, score: number, hadRecentInput = false, change: TraceEvent = {}): TraceEvent =>
  instant('LayoutShift', ms, {
    args: { data: { score: score * 2, weighted_score_delta: score, had_recent_input: hadRecentInput } },
    ...change,
  });

const inFrame = (ms: number, frame: string, pid: number): TraceEvent =>
  instant('LayoutShift', ms, { pid, args: { frame, data: { weighted_score_delta: 0.125 } } });

const shiftsOf = async (...events: Events): Promise<TraceResult['layoutShifts']> =>
  (await resultOf(...events)).layoutShifts;

test('rendering work of the page’s main thread is summed up by kind', async () => {
  const { styleAndLayout } = await resultOf(
    [style(0, 3), style(5, 4), layout(10, 20), work('PrePaint', 30, 1), work('Paint', 31, 2)],
    [work('Paint', 40, 50, { pid: 20 }), work('Paint', 40, 0, { ph: 'I', dur: undefined })],
  );
  expect(styleAndLayout).toMatchObject({
    style: { count: 2, totalMs: 7, longestMs: 4 },
    layout: { count: 1, totalMs: 20, longestMs: 20 },
    prePaint: { count: 1, totalMs: 1, longestMs: 1 },
    paint: { count: 1, totalMs: 2, longestMs: 2 },
  });
});

test('layout inside layout takes no time of its own', async () => {
  const { styleAndLayout } = await resultOf(layout(10, 20), layout(12, 5));
  expect(styleAndLayout.layout).toEqual({ count: 2, totalMs: 20, longestMs: 20 });
});

const changedBy = (id: number, startMs: number, domModifications: number): TraceEvent =>
  instant('SoftNavigationContext::OnPaintFinished', startMs + 20, {
    args: { context: { softNavContextId: id, timeOrigin: clock(startMs), domModifications } },
  });

describe('changes to the document', () => {
  const click = interaction({ interactionId: 7, type: 'click', start: 50, processing: [51, 60], end: 70 });

  test('are counted by interaction: the context’s count only grows', async () => {
    const { styleAndLayout } = await resultOf(
      click,
      instant('SoftNavigationContextCreated', 51, { args: context(0) }),
      instant('SoftNavigationContext::OnPaintFinished', 90, { args: context(12) }),
      instant('SoftNavigationContext::AddedModifiedNodeInAnimationFrame', 80, { args: context(11) }),
    );
    expect(styleAndLayout.domModifications).toEqual([{ interactionId: 7, startMs: 50, count: 12 }]);
  });

  test('are told of the interaction first that made most', async () => {
    const second = interaction({ interactionId: 8, type: 'click', start: 80, processing: [81, 82], end: 90 });
    const { styleAndLayout } = await resultOf(click, second, changedBy(1, 50, 3), changedBy(2, 80, 12));
    expect(styleAndLayout.domModifications).toEqual([
      { interactionId: 8, startMs: 80, count: 12 },
      { interactionId: 7, startMs: 50, count: 3 },
    ]);
  });

  test('are unknown where Chrome did not follow interactions, not 0', async () => {
    const { styleAndLayout } = await resultOf(click);
    expect(styleAndLayout.domModifications).toEqual({ unavailable: 'not-recorded' });
  });
});

const painted = (ms: number, paintedArea: number, change: TraceEvent = {}): TraceEvent =>
  instant('SoftNavigationContext::OnPaintFinished', ms, {
    args: {
      context: { softNavContextId: 1, timeOrigin: clock(50), domModifications: 3, paintedArea, ...change },
    },
  });

describe('an interaction’s soft-navigation context', () => {
  const click = interaction({ interactionId: 7, type: 'click', start: 50, processing: [51, 60], end: 70 });
  const other = interaction({ interactionId: 8, type: 'click', start: 80, processing: [81, 82], end: 90 });

  test('says what its work changed, painted, and where it led', async () => {
    const moved = { URL: 'https://page.test/cart?id=1234', urlChangeTime: clock(55) };
    const { interactions } = await resultOf(click, other, painted(90, 2500, moved), painted(70, 100));
    expect(interactions.map(({ softNavigation }) => softNavigation)).toEqual([
      {
        domModifications: 3,
        paintedAreaPx: 2500,
        url: 'https://page.test/cart?id=[4 characters]',
        urlChangedMs: 55,
      },
      { unavailable: 'no-context' },
    ]);
  });

  test('may be several, which add up, and of which the last says where it led', async () => {
    const first = painted(70, 100, { URL: 'https://page.test/a', urlChangeTime: clock(55) });
    const second = painted(80, 50, {
      softNavContextId: 2,
      domModifications: 4,
      URL: 'https://page.test/b',
      urlChangeTime: clock(60),
    });
    const [found] = (await resultOf(click, first, second)).interactions;
    expect(found?.softNavigation).toEqual({
      domModifications: 7,
      paintedAreaPx: 150,
      url: 'https://page.test/b',
      urlChangedMs: 60,
    });
  });

  test('leads to where it went last, in whatever order the trace tells it', async () => {
    const moves = [
      painted(70, 100, { URL: 'https://page.test/a', urlChangeTime: clock(55) }),
      painted(80, 100, { URL: 'https://page.test/b', urlChangeTime: clock(60) }),
      painted(90, 100),
    ];
    for (const events of [moves, moves.toReversed()]) {
      const [found] = (await resultOf(click, ...events)).interactions;
      expect(found?.softNavigation).toMatchObject({ url: 'https://page.test/b', urlChangedMs: 60 });
    }
  });

  test.each([
    ['an address without a time', { URL: 'https://page.test/a', urlChangeTime: 0 }],
    ['a time without an address', { URL: '', urlChangeTime: clock(55) }],
  ])('leads nowhere by %s', async (_, change) => {
    const [found] = (await resultOf(click, painted(70, 100, change))).interactions;
    expect(found?.softNavigation).toMatchObject({ url: '', urlChangedMs: { unavailable: 'no-url-change' } });
  });

  test.each(['softNavContextId', 'timeOrigin', 'domModifications'])(
    'is none where Chrome does not say its %s',
    async (key) => {
      const [found] = (await resultOf(click, painted(70, 100, { [key]: undefined }))).interactions;
      expect(found?.softNavigation).toEqual({ unavailable: 'not-recorded' });
    },
  );

  test('leads nowhere where the address stayed, and is unknown where none was recorded', async () => {
    const [stayed] = (await resultOf(click, painted(70, 100, { URL: '', urlChangeTime: 0 }))).interactions;
    expect(stayed?.softNavigation).toMatchObject({
      url: '',
      urlChangedMs: { unavailable: 'no-url-change' },
    });
    const [unknown] = (await resultOf(click)).interactions;
    expect(unknown?.softNavigation).toEqual({ unavailable: 'not-recorded' });
  });
});

describe('layout shifts', () => {
  test('add up while less than a second lies between them, and the worst such session counts', async () => {
    const shifts = await shiftsOf(shift(0, 0.25), shift(900, 0.25), shift(2_000, 0.125), shift(2_500, 0.25));
    expect(shifts).toMatchObject({ count: 4, cumulativeScore: 0.5 });
  });

  test.each([
    ['a second apart', [1_000], 0.5],
    ['more than a second apart', [1_001], 0.25],
    ['in five seconds', [1_000, 2_000, 3_000, 4_000, 5_000], 1.5],
    ['in more than five seconds', [1_000, 2_000, 3_000, 4_000, 4_900, 5_001], 1.5],
  ])('%s after the first', async (_, later, cumulativeScore) => {
    const shifts = [0, ...later].map((ms) => shift(ms, 0.25));
    expect((await shiftsOf(shifts)).cumulativeScore).toBe(cumulativeScore);
  });

  test('of two documents never add up', async () => {
    const second = { frame: PAGE.frame, pid: PAGE.pid, url: 'https://page.test/second' };
    const navigation = [
      navigationStart(100, { id: 'N', url: 'https://page.test/second' }),
      commit(200, second),
    ];
    const shifts = [shift(150, 0.25), shift(250, 0.125), shift(300, 0.25)];
    expect((await shiftsOf(shifts, navigation)).cumulativeScore).toBe(0.375);
    expect((await shiftsOf(shifts)).cumulativeScore).toBe(0.625);
  });

  test('of one session span five seconds at most', async () => {
    const shifts = Array.from({ length: 10 }, (_, index) => shift(index * 900, 0.125));
    expect((await shiftsOf(shifts)).cumulativeScore).toBe(0.75);
  });

  test('are listed with the largest first', async () => {
    const { worst } = await shiftsOf(shift(10, 0.1), shift(20, 0.3), shift(30, 0.2));
    expect(worst.map(({ startMs }) => startMs)).toEqual([20, 30, 10]);
  });

  test('without a score are none', async () => {
    const bare = instant('LayoutShift', 5, { args: { data: { had_recent_input: false } } });
    expect((await shiftsOf(bare, shift(20, 0.25))).count).toBe(1);
  });

  test('after an input, and of other tabs, do not count', async () => {
    const shifts = await shiftsOf(shift(0, 0.5, true), shift(10, 0.5, false, { pid: 20 }), shift(20, 0.25));
    expect(shifts).toEqual({ count: 1, cumulativeScore: 0.25, worst: [{ startMs: 20, score: 0.25 }] });
  });

  test('in an iframe of another process count: Chrome has weighted them by its share of the page', async () => {
    const facts = await factsOf(
      started({ frame: PAGE.frame, pid: PAGE.pid }, { frame: 'AD', parent: PAGE.frame, pid: 30 }),
      [inFrame(0, PAGE.frame, PAGE.pid), inFrame(10, 'AD', 30), inFrame(20, 'OTHER', 40)],
    );
    expect(describeTrace('trace.json', facts).layoutShifts).toMatchObject({
      count: 2,
      cumulativeScore: 0.25,
    });
  });
});
