import type { ScaleLinear } from 'd3-scale';
import { ms } from '../layout/format.ts';
import { labelPlace, type LabelPlace } from '../layout/label-place.ts';
import type { PaintMark } from '../layout/step-timeline.ts';
import type { Group } from './draw-axis.ts';
import type { TrackRows } from '../layout/track-rows.ts';

export interface PaintTrack {
  readonly paints: readonly PaintMark[];
  readonly x: ScaleLinear<number, number>;
  readonly rows: TrackRows;
}

const WORDS: Readonly<Record<PaintMark['kind'], string>> = {
  first: 'first change painted',
  result: 'result painted',
};

const paintWords = ({ kind, waitMs }: PaintMark): string => `${WORDS[kind]}, ${ms(waitMs)}`;

/** A line through all tracks where the user saw something, and its name at the top. */
export function drawPaints(g: Group, { paints, x, rows }: PaintTrack): void {
  const [, width = 0] = x.range();
  const labelY = (index: number): number => rows.markers.y + 10 + index * 18;
  const place = (mark: PaintMark): LabelPlace | undefined =>
    labelPlace(paintWords(mark), { startX: x(mark.atMs), endX: x(mark.atMs), width });
  const visible = paints.filter(({ atMs }) => x(atMs) >= 0 && x(atMs) <= width);
  g.selectAll<SVGLineElement, PaintMark>('line')
    .data(visible)
    .join('line')
    .attr('class', ({ kind }) => kind)
    .attr('x1', ({ atMs }) => x(atMs))
    .attr('x2', ({ atMs }) => x(atMs))
    .attr('y1', (_, index) => labelY(index) - 7)
    .attr('y2', rows.height);
  g.selectAll<SVGTextElement, PaintMark>('text')
    .data(visible)
    .join('text')
    .attr('x', (mark) => place(mark)?.x ?? 0)
    .attr('text-anchor', (mark) => place(mark)?.anchor ?? 'start')
    .attr('y', (_, index) => labelY(index))
    .attr('dy', '0.35em')
    .text(paintWords);
}
