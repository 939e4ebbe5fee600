import { brushX, type BrushBehavior, type D3BrushEvent } from 'd3-brush';
import { select } from 'd3-selection';
import type { TraceResult } from '../../src/result/trace-result.ts';
import type { Tracks } from '../../src/tracks/tracks.ts';
import type { OverviewBins } from '../layout/overview-bins.ts';
import { spanOf, type TimeSpan } from '../layout/time-span.ts';
import { drawOverview } from '../marks/draw-overview.ts';
import type { FlamePalette } from '../marks/flame-palette.ts';
import { html, svg } from '../marks/element.ts';
import { sizedContext } from '../marks/sized-context.ts';

export interface OverviewView {
  readonly node: HTMLElement;
  /** Draws what never changes: to be called when the width or the colours have. */
  redraw(palette: FlamePalette): void;
  /** Puts the window where the timeline is. */
  show(span: TimeSpan): void;
}

export interface OverviewOf {
  readonly trace: TraceResult;
  readonly tracks: Tracks;
  /** Undefined where there is no thread to look at. */
  readonly bins: OverviewBins | undefined;
}

const HEIGHT_PX = 52;

/** The whole trace at a glance, with a window on it that can be moved and resized. */
export function overviewView(
  { trace: { longTasks, interactions }, tracks: { spanMs }, bins }: OverviewOf,
  onBrush: (span: TimeSpan) => void,
): OverviewView {
  const canvas = html('canvas', { 'aria-hidden': 'true' });
  const drawing = svg('svg', { height: HEIGHT_PX, 'aria-hidden': 'true', focusable: 'false' });
  const node = html('div', { class: 'overview' }, canvas, drawing);
  const group = select(drawing).append('g').attr('class', 'brush');
  const whole = Math.max(spanMs, 1);
  let widthPx = 1;
  const brush: BrushBehavior<unknown> = brushX<unknown>().on(
    'brush',
    ({ sourceEvent, selection }: D3BrushEvent<unknown>) => {
      if (sourceEvent === undefined || sourceEvent === null || selection === null) return;
      const [from, to] = selection;
      if (typeof from !== 'number' || typeof to !== 'number' || to - from < 1) return;
      onBrush({ startMs: (from / widthPx) * whole, endMs: (to / widthPx) * whole });
    },
  );
  const xOf = (ms: number): number => Math.min(Math.max((ms / whole) * widthPx, 0), widthPx);
  return {
    node,
    redraw(palette) {
      widthPx = Math.max(1, node.clientWidth);
      const context = sizedContext(canvas, { widthPx, heightPx: HEIGHT_PX });
      if (context !== null && bins !== undefined) {
        drawOverview(
          context,
          {
            bins,
            longTasks: longTasks.tasks.map(spanOf),
            interactions: interactions.map(spanOf),
            spanMs: whole,
            widthPx,
            heightPx: HEIGHT_PX,
          },
          palette,
        );
      }
      brush.extent([
        [0, 0],
        [widthPx, HEIGHT_PX],
      ]);
      group.call(brush);
    },
    show({ startMs, endMs }) {
      // A window that is as wide as the overview can't be moved: there a drag draws a new one.
      group.classed('is-whole', startMs <= 0 && endMs >= whole);
      brush.move(group, [xOf(startMs), Math.max(xOf(endMs), xOf(startMs) + 1)]);
    },
  };
}
