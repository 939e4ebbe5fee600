import { describe, expect, test } from 'vitest';
import { describeTrace } from '../support/described.ts';
import {
  type AttributedPaint,
  contentfulPaint,
  interaction,
  rendering,
  type TimedEvent,
} from '../support/interactions.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { clock, instant, mainThread, type TraceEvent } from '../support/trace-events.ts';

const click: TimedEvent = { interactionId: 7, type: 'click', start: 10, processing: [11, 12], end: 26 };
const result: AttributedPaint = { input: 10, modified: 270, painted: 275, presented: 287, nodeId: 5 };

/** ICP in ms, first and last, of each interaction. */
async function icpOf(
  ...events: readonly (TraceEvent | readonly TraceEvent[])[]
): Promise<readonly unknown[]> {
  const { interactions } = describeTrace('trace.json', await factsOf(mainThread, ...events));
  return interactions.map(({ icpFirstMs, icpMs }) => [icpFirstMs, icpMs]);
}

const NOTHING_RECORDED = [{ unavailable: 'not-recorded' }, { unavailable: 'not-recorded' }];
const NO_CHANGE = [{ unavailable: 'no-contentful-change' }, { unavailable: 'no-contentful-change' }];

test('lasts from the input to the paint of what its work changed', async () => {
  expect(await icpOf(interaction(click), contentfulPaint(result))).toEqual([[277, 277]]);
});

test('of several paints gives the first, something changed, and the last, the result is there', async () => {
  const letter: AttributedPaint = { input: 10, modified: 12, painted: 13, presented: 19, nodeId: 4 };
  const paints = [
    contentfulPaint(result),
    rendering(12.5),
    rendering(100),
    rendering(274),
    contentfulPaint(letter),
  ];
  expect(await icpOf(interaction(click), ...paints)).toEqual([[9, 277]]);
});

test('counts from the release of the pointer where Chrome follows that, not from the pressing', async () => {
  const press = interaction({ ...click, type: 'pointerdown', start: 0, end: 200 });
  expect(await icpOf(press, interaction(click), contentfulPaint(result))).toEqual([[277, 277]]);
});

test('takes the paints of all of its events in order of time: the last may be that of the first event', async () => {
  const press: TimedEvent = { ...click, type: 'keydown' };
  const release: TimedEvent = { ...click, type: 'keyup', start: 60, processing: [61, 62], end: 76 };
  const early: AttributedPaint = { input: 60, modified: 101, painted: 105, presented: 120, nodeId: 6 };
  const paints = [contentfulPaint(early), rendering(102), rendering(268), contentfulPaint(result)];
  expect(await icpOf(interaction(press), interaction(release), ...paints)).toEqual([[60, 277]]);
});

describe('is unavailable, and says why', () => {
  test('where Chrome recorded no contexts', async () => {
    expect(await icpOf(interaction(click))).toEqual([NOTHING_RECORDED]);
  });

  test('where the interaction changed nothing', async () => {
    const context = { softNavContextId: 10, timeOrigin: 0 };
    const created = instant('SoftNavigationContextCreated', 11, { args: { context } });
    expect(await icpOf(interaction(click), created)).toEqual([NO_CHANGE]);
  });

  test("where the paint follows another process's input at the same time", async () => {
    const paint = contentfulPaint(result).map((event) => ({ ...event, pid: 20 }));
    expect(await icpOf(interaction(click), paint)).toEqual([NO_CHANGE]);
  });

  test('where a candidate names a node that nobody painted', async () => {
    const paint = contentfulPaint(result).filter(({ name }) => !String(name).includes('AttributablePaint'));
    expect(await icpOf(interaction(click), paint)).toEqual([NO_CHANGE]);
  });

  test('where the node was painted only after the candidate', async () => {
    expect(await icpOf(interaction(click), contentfulPaint({ ...result, painted: 300 }))).toEqual([
      NO_CHANGE,
    ]);
  });
});

describe('two interactions', () => {
  const other: TimedEvent = { ...click, interactionId: 8, start: 200, processing: [201, 202], end: 216 };

  test('that paint in one frame are told apart by the node', async () => {
    const paints = [
      ...contentfulPaint(result),
      ...contentfulPaint({ ...result, input: 200, nodeId: 6, painted: 274, presented: 288 }),
    ];
    expect(await icpOf(interaction(click), interaction(other), paints)).toEqual([
      [277, 277],
      [88, 88],
    ]);
  });

  test('that paint one node each have the paint before the candidate', async () => {
    const again = { ...result, input: 200, modified: 400, painted: 405, presented: 410 };
    const paints = [
      rendering(274),
      rendering(399),
      rendering(404),
      contentfulPaint(again),
      contentfulPaint(result),
    ];
    expect(await icpOf(interaction(click), interaction(other), ...paints)).toEqual([
      [277, 277],
      [210, 210],
    ]);
  });

  test("do not get each other's late repaint: the first changed nothing in that frame", async () => {
    // The second click moves the first one's node, and Chrome follows the first.
    const { modified: _, ...unchanged } = result;
    const late = contentfulPaint({ ...unchanged, painted: 215, presented: 220 });
    const events = [rendering(20), rendering(205), rendering(212), late];
    expect(await icpOf(interaction(click), interaction(other), ...events)).toEqual([NO_CHANGE, NO_CHANGE]);
  });
});

test('a change two renderings before the paint does not count', async () => {
  const events = [rendering(269), rendering(273), rendering(274.5), contentfulPaint(result)];
  expect(await icpOf(interaction(click), ...events)).toEqual([NO_CHANGE]);
});

test('a change while the frame before was rendered counts: its own paint may have been over', async () => {
  const events = [rendering(200), rendering(269), rendering(273), contentfulPaint(result)];
  expect(await icpOf(interaction(click), ...events)).toEqual([[277, 277]]);
});

/** A change alone, of what else is told with it. */
const changeAt = (modified: number, nodeId = result.nodeId): TraceEvent =>
  contentfulPaint({ ...result, modified, nodeId })[1] ?? {};

const lastChanges = async (
  ...events: readonly (TraceEvent | readonly TraceEvent[])[]
): Promise<readonly number[]> =>
  (await factsOf(mainThread, ...events)).contentfulPaints.paints.map(
    ({ modified }) => (modified - clock(0)) / 1000,
  );

describe('the change that a paint shows', () => {
  const frames = [rendering(260), rendering(274)];

  test('is the last of the interaction’s before it, of any node, wherever it stands', async () => {
    const changes = [changeAt(273, 99), changeAt(271), changeAt(275.5)];
    const paint = contentfulPaint({ ...result, modified: 270 });
    expect(await lastChanges(changes, frames, paint)).toEqual([273]);
    expect(await lastChanges(frames, paint, changes.toReversed())).toEqual([273]);
  });

  test('is of the image’s own node where it is an image that has loaded', async () => {
    const paint = contentfulPaint({ ...result, type: 'image', modified: 15, loaded: 265 });
    expect(await lastChanges(frames, paint, changeAt(273, 99))).toEqual([15]);
  });
});

describe('an image whose node was added many frames before', () => {
  const image: AttributedPaint = { ...result, type: 'image', modified: 15 };
  const renderings = [rendering(16), rendering(100), rendering(200), rendering(274)];

  test('is painted when it has loaded', async () => {
    const paint = contentfulPaint({ ...image, loaded: 230.4 });
    expect(await icpOf(interaction(click), ...renderings, paint)).toEqual([[277, 277]]);
  });

  test.each([90, 198.9])(
    'that was there at %f, before that, is repainted for another reason',
    async (loaded) => {
      const paint = contentfulPaint({ ...image, loaded });
      expect(await icpOf(interaction(click), ...renderings, paint)).toEqual([NO_CHANGE]);
    },
  );

  test('may seem to have loaded a millisecond before the frame: Chrome rounds that time', async () => {
    const paint = contentfulPaint({ ...image, loaded: 199 });
    expect(await icpOf(interaction(click), ...renderings, paint)).toEqual([[277, 277]]);
  });

  test('that the interaction changes again in that frame is its result all the same', async () => {
    const [, change] = contentfulPaint({ ...image, modified: 250 });
    const paint = contentfulPaint({ ...image, loaded: 90 });
    expect(await icpOf(interaction(click), ...renderings, paint, change ?? {})).toEqual([[277, 277]]);
  });

  test('counts by its first paint where Chrome does not say when it had loaded', async () => {
    const late = contentfulPaint({ ...image, painted: 400, presented: 410 });
    const all = [...renderings, rendering(350), rendering(399)];
    expect(await icpOf(interaction(click), ...all, contentfulPaint(image), late)).toEqual([[277, 277]]);
  });

  test('is told by the document that its frame shows, not by an earlier one', async () => {
    // After a navigation the frame's times count from anew: its events say from when.
    const second = { ...click, interactionId: 8, start: 300, end: 320, timeOrigin: 200 };
    const paint = contentfulPaint({
      ...image,
      input: 300,
      modified: 301,
      painted: 475,
      presented: 487,
      loaded: 260,
    });
    const frames = [rendering(316), rendering(400), rendering(440), rendering(474)];
    expect(
      await icpOf(interaction(click), interaction({ ...second, processing: [301, 302] }), ...frames, paint),
    ).toMatchObject([NO_CHANGE, [187, 187]]);
  });
});
