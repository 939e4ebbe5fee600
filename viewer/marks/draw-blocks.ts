import type { ScaleLinear } from 'd3-scale';
import type { LoopBlock } from '../../src/result/load.ts';
import { ms } from '../layout/format.ts';
import { insidePlace, type LabelPlace } from '../layout/label-place.ts';
import type { Row } from '../layout/track-rows.ts';
import type { Group } from './draw-axis.ts';

export interface BlockTrack {
  readonly blocks: readonly LoopBlock[];
  readonly x: ScaleLinear<number, number>;
  readonly row: Row;
}

/** What held the server's event loop, and for how long. */
export function drawBlocks(g: Group, { blocks, x, row }: BlockTrack): void {
  const width = ({ startMs, durationMs }: LoopBlock): number =>
    Math.max(1, x(startMs + durationMs) - x(startMs));
  const place = (block: LoopBlock): LabelPlace | undefined =>
    insidePlace(words(block), x(block.startMs), width(block));
  g.selectAll<SVGRectElement, LoopBlock>('rect')
    .data(blocks)
    .join('rect')
    .attr('x', ({ startMs }) => x(startMs))
    .attr('y', row.y + 2)
    .attr('width', width)
    .attr('height', row.height - 4)
    .attr('rx', 2);
  g.selectAll<SVGTextElement, LoopBlock>('text')
    .data(blocks.filter((block) => place(block) !== undefined))
    .join('text')
    .attr('x', (block) => place(block)?.x ?? 0)
    .attr('y', row.y + row.height / 2)
    .attr('dy', '0.35em')
    .text(words);
}

const LONGEST = 40;

const words = ({ name, durationMs }: LoopBlock): string =>
  `${name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name} · ${ms(durationMs)}`;
