import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { isUnavailable } from '../../src/base/measure.ts';
import type { HoverCard } from '../interactions/hover-card.ts';
import { pointAtMarks } from '../interactions/point-at-marks.ts';
import type { Chart } from '../layout/hit.ts';
import { interactionBox } from '../layout/interaction-box.ts';
import { requestBoxes } from '../layout/request-boxes.ts';
import type { StepTimeline } from '../layout/step-timeline.ts';
import { taskBoxes } from '../layout/task-boxes.ts';
import type { TimeSpan } from '../layout/time-span.ts';
import type { TrackRows } from '../layout/track-rows.ts';
import { drawAxis, drawZero, type Group } from '../marks/draw-axis.ts';
import { drawBlocks } from '../marks/draw-blocks.ts';
import { drawInteraction } from '../marks/draw-interaction.ts';
import { drawPaints } from '../marks/draw-paints.ts';
import { drawRequests } from '../marks/draw-requests.ts';
import { drawTasks } from '../marks/draw-tasks.ts';
import { html, svg } from '../marks/element.ts';
import { paletteOf } from '../marks/palette.ts';
import { sizedContext } from '../marks/sized-context.ts';
import { trackNames } from '../marks/track-names.ts';

export interface TimelineChart {
  readonly node: HTMLElement;
  /** What takes the focus and the gestures. */
  readonly plot: HTMLElement;
  draw(shown: TimeSpan): void;
}

export interface ChartContent {
  /** The variant's name. */
  readonly name: string;
  readonly timeline: StepTimeline;
  readonly rows: TrackRows;
}

/**
 * The grid in SVG, the dense track on canvas over it, the sparse tracks in SVG over both. Redrawn from numbers each
 * time: nothing is kept in the drawing.
 */
export function timelineChart({ name, timeline, rows }: ChartContent, card: HoverCard): TimelineChart {
  const canvas = html('canvas');
  const [backdrop, front] = [layer('backdrop', rows), layer('front', rows)];
  const plot = html(
    'div',
    { class: 'plot', tabindex: 0, role: 'group', 'aria-label': plotLabel(name) },
    backdrop,
    canvas,
    front,
  );
  const node = html('div', { class: 'chart' }, plot);
  canvas.style.top = `${rows.main.y}px`;
  const x = scaleLinear();
  const chart: Chart = { timeline, rows, x };
  const groups = layerGroups(backdrop, front);
  front.append(...trackNames(timeline, rows));
  pointAtMarks(plot, () => chart, card);
  return {
    node,
    plot,
    draw(shown) {
      x.domain([shown.startMs, shown.endMs]).range([0, plot.clientWidth]);
      drawLayers(groups, chart);
      drawCanvas(canvas, chart);
    },
  };
}

const plotLabel = (name: string): string =>
  `Timeline of ${name}. Left and right move, up and down zoom, full stop and comma go through the marks. The text below says the same.`;

const layer = (name: string, { height }: TrackRows): SVGSVGElement =>
  svg('svg', { class: name, height, 'aria-hidden': 'true', focusable: 'false' });

interface Layers {
  readonly axis: Group;
  readonly zero: Group;
  readonly blocks: Group;
  readonly paints: Group;
  readonly requests: Group;
  readonly interaction: Group;
}

function layerGroups(backdrop: SVGSVGElement, front: SVGSVGElement): Layers {
  const group = (name: string, on = front): Group => select(on).append('g').attr('class', name);
  return {
    axis: group('axis', backdrop),
    zero: group('zero', backdrop),
    blocks: group('blocks'),
    // Below the labels that it would cross.
    paints: group('paints'),
    requests: group('requests'),
    interaction: group('interaction'),
  };
}

function drawLayers(groups: Layers, { timeline, rows, x }: Chart): void {
  const [, width = 0] = x.range();
  const { interaction, blocks, requests, paints } = timeline;
  drawAxis(groups.axis.attr('transform', `translate(0,${rows.markers.y})`), x, rows.height - rows.markers.y);
  drawZero(groups.zero.attr('transform', `translate(0,${rows.markers.y})`), x, rows.height - rows.markers.y);
  if (!isUnavailable(interaction)) {
    const box = interactionBox(interaction, x);
    drawInteraction(groups.interaction, { interaction, box, row: rows.interaction, width });
  }
  drawRequests(groups.requests, { boxes: requestBoxes(requests, x), row: rows.network, width });
  if (!isUnavailable(blocks)) drawBlocks(groups.blocks, { blocks, x, row: rows.server });
  drawPaints(groups.paints, { paints, x, rows });
}

function drawCanvas(canvas: HTMLCanvasElement, { timeline: { tasks }, rows, x }: Chart): void {
  const [, width = 0] = x.range();
  const context = sizedContext(canvas, { widthPx: width, heightPx: rows.main.height });
  if (context === null) return;
  drawTasks(context, { tasks, boxes: taskBoxes(tasks, x), row: rows.main, palette: paletteOf(canvas) });
}
