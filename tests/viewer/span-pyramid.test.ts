import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flameRuns, RunBoxes, type Viewport } from '../../viewer/layout/flame-runs.ts';
import { SpanPyramid } from '../../viewer/layout/span-pyramid.ts';
import { threadRows } from '../../viewer/layout/thread-rows.ts';
import { columns, type DrawnSpan } from '../support/span-columns.ts';

/** Spans of one row: they follow each other, with gaps or without. */
const rowOf = (lengths: readonly (readonly [gapUs: number, durationUs: number])[]): readonly DrawnSpan[] => {
  let endUs = 0;
  return lengths.map(([gapUs, durationUs]) => {
    const startUs = endUs + gapUs;
    endUs = startUs + durationUs;
    return [startUs / 1000, durationUs / 1000] as const;
  });
};

const row = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 400 }),
      fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 5000 })),
    ),
    {
      minLength: 1,
      maxLength: 400,
    },
  )
  .map(rowOf);

const viewport = fc
  .tuple(fc.double({ min: 0, max: 500, noNaN: true }), fc.double({ min: 0.05, max: 900, noNaN: true }))
  .map(([startMs, lengthMs]): Viewport => ({ startMs, endMs: startMs + lengthMs, widthPx: 300 }));

function boxesOf(
  spans: readonly DrawnSpan[],
  shown: Viewport,
): readonly (readonly [x: number, width: number, span: number])[] {
  const boxes = new RunBoxes();
  const pyramid = new SpanPyramid(columns(...spans), Uint32Array.from(spans.keys()));
  flameRuns(pyramid, shown, boxes);
  return Array.from({ length: boxes.length }, (_, box) => [
    boxes.x[box] ?? -1,
    boxes.width[box] ?? -1,
    boxes.span[box] ?? -1,
  ]);
}

/** Less than this, in pixels, is the rounding of a division: whether it is drawn says nothing. */
const ROUNDING_PX = 1e-9;

/** Which pixels have a span by so much at least, found the simple way. Less than 0: which have one so near. */
function pixelsOf(
  spans: readonly DrawnSpan[],
  { startMs, endMs, widthPx }: Viewport,
  inside: number,
): readonly boolean[] {
  const scale = (endMs - startMs) / widthPx;
  const inPx = spans.map(
    ([start, duration]) => [(start - startMs) / scale, (start + duration - startMs) / scale] as const,
  );
  return Array.from({ length: widthPx }, (_, px) =>
    inPx.some(([left, right]) => left < px + 1 - inside && right > px + inside),
  );
}

const near = (pixels: readonly boolean[], px: number): boolean =>
  pixels[px - 1] === true || pixels[px] === true || pixels[px + 1] === true;

/** A span of no length at 1 µs lies between its pixels 5 and 6. */
const ON_AN_EDGE: Viewport = { startMs: 0, endMs: 0.05, widthPx: 300 };

describe('a row of a flame chart', () => {
  test('draws no more boxes than it has pixels, in order and without overlap', () => {
    fc.assert(
      fc.property(row, viewport, (spans, shown) => {
        const boxes = boxesOf(spans, shown);
        expect(boxes.length).toBeLessThanOrEqual(shown.widthPx);
        let taken = 0;
        for (const [x, width] of boxes) {
          expect(x).toBeGreaterThanOrEqual(taken);
          expect(width).toBeGreaterThan(0);
          taken = x + width;
        }
      }),
    );
  });

  test('has a box within a pixel of every pixel that has a span, and none far from one', () => {
    fc.assert(
      fc.property(row, viewport, (spans, shown) => {
        const drawn = Array.from({ length: shown.widthPx + 2 }, () => false);
        for (const [x, width] of boxesOf(spans, shown)) {
          for (let px = x; px < x + width; px++) drawn[px] = true;
        }
        const touched = pixelsOf(spans, shown, -ROUNDING_PX);
        for (const [px, has] of pixelsOf(spans, shown, ROUNDING_PX).entries()) {
          if (has) expect(near(drawn, px)).toBe(true);
          else if (!near(touched, px)) expect(drawn[px]).toBe(false);
        }
      }),
      { examples: [[[[0.001, 0]], ON_AN_EDGE]] },
    );
  });

  test('never hides a span of two pixels or more', () => {
    fc.assert(
      fc.property(row, viewport, (spans, shown) => {
        const scale = (shown.endMs - shown.startMs) / shown.widthPx;
        const shownSpans = new Set(boxesOf(spans, shown).map(([, , span]) => span));
        for (const [span, [start, duration]] of spans.entries()) {
          const isInSight = start >= shown.startMs && start + duration <= shown.endMs;
          if (isInSight && duration >= 2 * scale) expect(shownSpans).toContain(span);
        }
      }),
    );
  });

  test('shows a wide span among ten thousand that are too narrow to see', () => {
    const narrow = rowOf(Array.from({ length: 10_000 }, () => [5, 5]));
    const spans = [
      ...narrow.slice(0, 5000),
      [50, 40] as const,
      ...narrow.slice(5000).map(([start, ms]) => [start + 40, ms] as const),
    ];
    const boxes = boxesOf(spans, { startMs: 0, endMs: 140, widthPx: 140 });
    expect(boxes).toContainEqual([50, 39, 5000]);
  });
});

test('a thread has a row for each depth, and an absurd depth has none', () => {
  const { rows } = threadRows(columns([0, 10, 0], [1, 5, 1], [7, 1, 1], [2, 1, 2], [3, 1, 60_000]));
  expect(rows.map(({ finest }) => [...finest.span])).toEqual([[0], [1, 2], [3]]);
  const gap = threadRows(columns([0, 10, 0], [3, 1, 2]));
  expect(gap.rows.map(({ finest }) => [...finest.span])).toEqual([[0], [], [1]]);
});

describe('at a scale at which a pixel is a bucket', () => {
  const view: Viewport = { startMs: 0, endMs: 1.6, widthPx: 100 };

  test('spans that are three pixels apart are two', () => {
    expect(
      boxesOf(
        [
          [0, 0.001],
          [0.05, 0.001],
        ],
        view,
      ).map(([x]) => x),
    ).toEqual([0, 3]);
  });

  test('a run is named by its longest span', () => {
    const spans = [
      [0, 0.002],
      [0.003, 0.004],
      [0.008, 0.001],
    ] as const;
    expect(boxesOf(spans, view).map(([, , span]) => span)).toEqual([1]);
  });
});

test('what ends where the view begins, or begins where it ends, is not drawn', () => {
  const view: Viewport = { startMs: 10, endMs: 20, widthPx: 100 };
  expect(
    boxesOf(
      [
        [0, 10],
        [12, 1],
        [20, 5],
      ],
      view,
    ).map(([, , span]) => span),
  ).toEqual([1]);
});

test('an instant is a pixel wide, and what goes on ends at the edge', () => {
  const view: Viewport = { startMs: 0, endMs: 100, widthPx: 100 };
  // What touches the next is a pixel shorter.
  expect(
    boxesOf(
      [
        [10, 0],
        [90, 500],
      ],
      view,
    ).map(([x, width]) => [x, width]),
  ).toEqual([
    [10, 1],
    [90, 9],
  ]);
});

test('a very wide display has a box for each of its pixels', () => {
  const spans = Array.from({ length: 9000 }, (_, index) => [index, 1] as const);
  const boxes = boxesOf(spans, { startMs: 0, endMs: 9000, widthPx: 9000 });
  expect(boxes.map(([x, , span]) => [x, span])).toEqual(spans.map((_, index) => [index, index]));
});
