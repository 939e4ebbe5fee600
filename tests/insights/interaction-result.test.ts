import { describe, expect, test } from 'vitest';
import { describeTrace } from '../../src/result/describe/describe-trace.ts';
import type { Interaction } from '../../src/result/trace-result.ts';
import { gatherFacts } from '../../src/timeline/facts.ts';
import { clickAt } from '../support/causes.ts';
import { exchange } from '../support/exchange.ts';
import { contentfulPaint } from '../support/interactions.ts';
import { animationFrame, call, layout } from '../support/rendering.ts';
import { arrayTrace } from '../support/trace-bytes.ts';
import { instant, mainThread, PAGE, type TraceEvent } from '../support/trace-events.ts';

const mark = (ms: number, name: string, change: TraceEvent = {}): TraceEvent =>
  instant(name, ms, { cat: 'blink.user_timing', ...change });

async function interactionsOf(
  ...events: readonly (TraceEvent | readonly TraceEvent[])[]
): Promise<readonly Interaction[]> {
  const facts = await gatherFacts([arrayTrace([...mainThread, ...events.flat()])], { steps: ['search'] });
  return describeTrace('a.json', facts).interactions;
}

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
