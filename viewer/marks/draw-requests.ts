import { insidePlace, labelPlace } from '../layout/label-place.ts';
import { requestLabel } from '../layout/request-label.ts';
import type { RequestBox } from '../layout/request-boxes.ts';
import { LANE_PX, type Row } from '../layout/track-rows.ts';
import type { Group } from './draw-axis.ts';

export interface RequestTrack {
  readonly boxes: readonly RequestBox[];
  readonly row: Row;
  readonly width: number;
}

const BAR_PX = 14;

export function drawRequests(g: Group, track: RequestTrack): void {
  const y = ({ lane }: RequestBox): number => track.row.y + lane * LANE_PX + (LANE_PX - BAR_PX) / 2;
  bars(g, track.boxes, 'wait').attr('y', y);
  bars(g, track.boxes, 'download').attr('y', y);
  g.selectAll<SVGPathElement, RequestBox>('path')
    .data(track.boxes.filter(({ handledX }) => handledX !== undefined))
    .join('path')
    .attr('d', (box) => `M${box.x + box.width} ${y(box) + BAR_PX / 2}H${box.handledX ?? 0}m0 -4v8`);
  labels(g, track, y);
}

function bars(g: Group, boxes: readonly RequestBox[], part: 'wait' | 'download'): ReturnType<typeof rects> {
  const isWait = part === 'wait';
  return rects(g, boxes, part)
    .attr('class', (box) => (box.span.finished ? part : `${part} unfinished`))
    .attr('x', (box) => (isWait ? box.x : box.x + box.waitWidth))
    .attr('width', (box) => Math.max(0, isWait ? box.waitWidth : box.width - box.waitWidth))
    .attr('height', BAR_PX);
}

const rects = (g: Group, boxes: readonly RequestBox[], part: string) =>
  g.selectAll<SVGRectElement, RequestBox>(`rect.${part}`).data(boxes).join('rect');

function labels(g: Group, { boxes, width }: RequestTrack, y: (box: RequestBox) => number): void {
  const placed = boxes.flatMap((box) => {
    const text = requestLabel(box.span.request);
    const inside = insidePlace(text, box.x, box.waitWidth);
    const place =
      inside ?? labelPlace(text, { startX: box.x, endX: box.handledX ?? box.x + box.width, width });
    return place === undefined ? [] : [{ box, text, isInside: inside !== undefined, ...place }];
  });
  g.selectAll<SVGTextElement, (typeof placed)[number]>('text')
    .data(placed)
    .join('text')
    .classed('inside', ({ isInside }) => isInside)
    .attr('x', ({ x }) => x)
    .attr('text-anchor', ({ anchor }) => anchor)
    .attr('y', ({ box }) => y(box) + BAR_PX / 2)
    .attr('dy', '0.35em')
    .text(({ text }) => text);
}
