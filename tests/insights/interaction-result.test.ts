import { describe, expect, test } from 'vitest';
import type { Interaction } from '../../src/result/trace-result.ts';
import { gatherFacts } from '../../src/timeline/facts.ts';
import { clickAt, scriptRequest } from '../support/causes.ts';
import { describeTrace } from '../support/described.ts';
import { exchange } from '../support/exchange.ts';
import { contentfulPaint } from '../support/interactions.ts';
import { animationFrame, call, layout } from '../support/rendering.ts';
import { arrayTrace } from '../support/trace-bytes.ts';
import { clock, instant, mainThread, PAGE, type TraceEvent } from '../support/trace-events.ts';

type Events = readonly (TraceEvent | readonly TraceEvent[])[];

const mark = (ms: number, name: string, change: TraceEvent = {}): TraceEvent =>
  instant(name, ms, { cat: 'blink.user_timing', ...change });

async function interactionsOf(...events: Events): Promise<readonly Interaction[]> {
  const facts = await gatherFacts([arrayTrace([...mainThread, ...events.flat()])], { steps: ['search'] });
  return describeTrace('a.json', facts).interactions;
}

/** An animation frame of a page, and where it was shown, when. */
const drawn = (
  id: string,
  [start, end]: readonly [number, number],
  shown?: number,
  pid: number = PAGE.pid,
): Events => [
  animationFrame(start, end, { id }, { pid }),
  ...(shown === undefined
    ? []
    : [instant('AnimationFrame::Presentation', shown, { ph: 'n', pid, args: { id } })]),
];

/** An interaction of two events, at 60 and at 100, that was marked at 283. */
const pressed = (down: string, up: string): Events => [
  clickAt(60, { interactionId: 7, type: down, asyncId: down }),
  clickAt(100, { interactionId: 7, type: up, asyncId: up }),
  mark(283, 'inpact:done'),
];

/** A click at 100 whose fetch is answered at 272, and whose result is drawn on a canvas by code from 280 to 284. */
const CLICK = [
  clickAt(100),
  exchange('a', { sent: 103, headers: 270, seen: 275, lastByte: 272 }),
  call(280, 4, 'draw', 1),
];

describe('where Chrome gives no contentful paint', () => {
  test.each(['inpact:done', 'inpact:search:done'])(
    'a mark “%s” says when the result was there',
    async (name) => {
      const [click] = await interactionsOf(...CLICK, mark(283, name));
      expect(click).toMatchObject({ icpSource: 'user-mark', icpStartMs: 100, icpMs: 183, icpFirstMs: 183 });
      expect(click?.chain.endsWith).toBe('user-mark');
      expect(click?.chain.segments.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['waiting', 'download', 'mainThreadBusy', 'responseHandler']),
      );
      expect(click?.chain.segments.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBeCloseTo(183, 3);
    },
  );

  test('a mark counts where Chrome followed the interaction and saw no contentful change, as of a canvas', async () => {
    const context = { softNavContextId: 100, timeOrigin: clock(100) };
    const followed = instant('SoftNavigationContextCreated', 101, { args: { context } });
    const [unmarked] = await interactionsOf(...CLICK, followed);
    expect(unmarked).toMatchObject({
      icpSource: { unavailable: 'no-contentful-change' },
      icpMs: { unavailable: 'no-contentful-change' },
    });
    const [marked] = await interactionsOf(...CLICK, followed, mark(283, 'inpact:done'));
    expect(marked).toMatchObject({ icpSource: 'user-mark', icpMs: 183 });
  });

  test('the frame that shows what was marked ends it', async () => {
    const [click] = await interactionsOf(
      ...CLICK,
      mark(283, 'inpact:done'),
      animationFrame(278, 290, { id: 'f' }),
      layout(286, 2),
      instant('AnimationFrame::Presentation', 300, { ph: 'n', args: { id: 'f' } }),
    );
    expect([click?.icpSource, click?.icpMs]).toEqual(['user-mark', 200]);
  });

  test('the frame is the first of the page that ends after the mark and was presented', async () => {
    const [click] = await interactionsOf(
      ...CLICK,
      mark(283, 'inpact:done'),
      ...drawn('over', [270, 282], 291),
      ...drawn('of another page', [281, 284], 293, PAGE.pid + 1),
      ...drawn('never shown', [282.5, 285]),
      ...drawn('its own', [286, 292], 300),
      ...drawn('the next', [302, 308], 316),
    );
    expect([click?.icpSource, click?.icpMs]).toEqual(['user-mark', 200]);
  });

  test('times count from the event that Chrome would follow: the click, or the press of a key', async () => {
    const [pointer] = await interactionsOf(...pressed('pointerdown', 'click'));
    expect([pointer?.icpStartMs, pointer?.icpMs]).toEqual([100, 183]);
    const [key] = await interactionsOf(...pressed('keydown', 'keyup'));
    expect([key?.icpStartMs, key?.icpMs]).toEqual([60, 223]);
  });

  test('what is marked is a change by code, whatever image comes meanwhile', async () => {
    const [click] = await interactionsOf(
      ...CLICK,
      mark(283, 'inpact:done'),
      animationFrame(278, 290, { id: 'f' }),
      instant('AnimationFrame::Presentation', 300, { ph: 'n', args: { id: 'f' } }),
      scriptRequest(283.5, 'image', { resourceType: 'Image', fetchType: 'img' }),
      ...exchange('image', { sent: 283.5, headers: 288, seen: 290, lastByte: 289 }).slice(1),
    );
    expect(click?.chain.segments.map(({ kind }) => kind)).toContain('responseHandler');
  });

  test.each([
    [100, [0, 'not-recorded']],
    [399.999, [299.999, 'not-recorded']],
    [400, ['not-recorded', 0]],
  ])('a mark at %f ms is of the interaction that had begun', async (ms, expected) => {
    const interactions = await interactionsOf(clickAt(100), clickAt(400), mark(ms, 'inpact:done'));
    expect(interactions.map(({ icpMs }) => (typeof icpMs === 'number' ? icpMs : icpMs.unavailable))).toEqual(
      expected,
    );
  });

  test('the last mark before the next interaction counts', async () => {
    const second = clickAt(400);
    const interactions = await interactionsOf(
      ...CLICK,
      second,
      mark(200, 'inpact:done'),
      mark(283, 'inpact:done'),
      mark(450, 'inpact:done'),
    );
    expect(interactions.map(({ icpMs }) => icpMs)).toEqual([183, 50]);
  });

  test.each([
    ['of another step', mark(283, 'inpact:other:done')],
    ['before it', mark(99, 'inpact:done')],
    ['of another process', mark(283, 'inpact:done', { pid: PAGE.pid + 1 })],
    ['that is none', mark(283, 'inpact:done', { ph: 'X', dur: 1 })],
  ])('a mark %s says nothing', async (_, other) => {
    const [click] = await interactionsOf(...CLICK, other);
    expect(click).toMatchObject({
      icpSource: { unavailable: 'not-recorded' },
      icpMs: { unavailable: 'not-recorded' },
      chain: { endsWith: 'next-paint' },
    });
  });
});

test('where Chrome gives one, a mark changes nothing', async () => {
  const paint = contentfulPaint({ input: 100, modified: 281, painted: 290, presented: 300, nodeId: 5 });
  const [click] = await interactionsOf(...CLICK, paint, mark(350, 'inpact:done'));
  expect(click).toMatchObject({ icpSource: 'contentful-paint', icpMs: 200 });
});
