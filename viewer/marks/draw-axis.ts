import { axisTop } from 'd3-axis';
import type { ScaleLinear } from 'd3-scale';
import type { Selection } from 'd3-selection';

export type Group = Selection<SVGGElement, unknown, null, undefined>;

/** About half a label. */
const EDGE_PX = 22;

/** Ticks in milliseconds from the input, with a line through all tracks under each. */
export function drawAxis(g: Group, x: ScaleLinear<number, number>, height: number): void {
  const [left = 0, right = 0] = x.range();
  const axis = axisTop<number | { valueOf(): number }>(x)
    .ticks(Math.max(2, Math.floor((right - left) / 90)))
    .tickSizeOuter(0)
    .tickSizeInner(-height)
    .tickPadding(7)
    .tickFormat((value) => `${x.tickFormat(10)(value)} ms`);
  g.call(axis);
  // A label that the chart's edge would cut says less than none.
  g.selectAll<SVGTextElement, number>('text').attr('opacity', (value) =>
    x(value) < EDGE_PX || x(value) > right - EDGE_PX ? 0 : 1,
  );
}

/** The instant that everything counts from. */
export function drawZero(g: Group, x: ScaleLinear<number, number>, height: number): void {
  g.selectAll<SVGLineElement, number>('line')
    .data([x(0)])
    .join('line')
    .attr('x1', (at) => at)
    .attr('x2', (at) => at)
    .attr('y2', height);
}
