import { ms } from '../layout/format.ts';
import type { InteractionBox } from '../layout/interaction-box.ts';
import { insidePlace, labelPlace } from '../layout/label-place.ts';
import type { Row } from '../layout/track-rows.ts';
import type { Interaction } from '../../src/result/trace-result.ts';
import type { Group } from './draw-axis.ts';

export interface InteractionTrack {
  readonly interaction: Interaction;
  readonly box: InteractionBox;
  readonly row: Row;
  /** The chart's width, which labels must not leave. */
  readonly width: number;
}

export function drawInteraction(g: Group, { interaction, box, row, width }: InteractionTrack): void {
  const middle = row.y + row.height / 2;
  g.selectAll('path')
    .data([whiskers(box, middle)])
    .join('path')
    .attr('d', (path) => path);
  g.selectAll('rect')
    .data([box])
    .join('rect')
    .attr('x', box.barX)
    .attr('y', row.y + 3)
    .attr('width', box.barWidth)
    .attr('height', row.height - 6)
    .attr('rx', 2);
  const text = `${interaction.type} · INP ${ms(interaction.durationMs)}`;
  const inside = insidePlace(text, box.barX, box.barWidth);
  const place = inside ?? labelPlace(text, { startX: box.startX, endX: box.endX, width });
  g.selectAll('text')
    .data(place === undefined ? [] : [place])
    .join('text')
    .classed('inside', inside !== undefined)
    .attr('x', ({ x }) => x)
    .attr('y', middle)
    .attr('dy', '0.35em')
    .attr('text-anchor', ({ anchor }) => anchor)
    .text(text);
}

/** A line with an end cap on each side of the bar: input delay before it, presentation delay after. */
function whiskers({ startX, barX, barWidth, endX }: InteractionBox, y: number): string {
  const cap = (x: number): string => `M${x} ${y - 5}V${y + 5}`;
  return `${cap(startX)}M${startX} ${y}H${barX}M${barX + barWidth} ${y}H${endX}${cap(endX)}`;
}
