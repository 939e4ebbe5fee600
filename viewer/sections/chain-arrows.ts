import { select } from 'd3-selection';
import type { ScaleLinear } from 'd3-scale';
import type { ChainSegment } from '../../src/result/chain-result.ts';
import type { Interaction } from '../../src/result/trace-result.ts';
import { arrowPath } from '../layout/arrow-path.ts';
import { type ChainTrack, segmentTrack } from '../layout/chain-words.ts';
import { svg } from '../marks/element.ts';

export interface ArrowScene {
  readonly x: ScaleLinear<number, number>;
  /** By track, from the plot's upper edge. */
  readonly tops: ReadonlyMap<string, number>;
}

export interface ChainArrows {
  readonly node: SVGSVGElement;
  readonly draw: (interaction: Interaction | undefined, scene: ArrowScene) => void;
}

const TRACK_IDS: Readonly<Record<ChainTrack, string>> = {
  main: 'thread-0',
  network: 'network',
  'server-loop': 'server-loop',
  'server-requests': 'server-requests',
  frames: 'frames',
};
/** Into a track's first lane. */
const LANE_MIDDLE_PX = 9;

interface Arrow {
  readonly path: string;
  readonly evidence: ChainSegment['evidence'];
}

/** Draws the chain of the selected interaction across the tracks, over all of them: solid where proven, dashed where not. */
export function chainArrows(): ChainArrows {
  const node = svg('svg', { class: 'chain-arrows', 'aria-hidden': 'true', focusable: 'false' });
  node.append(
    svg(
      'defs',
      {},
      svg(
        'marker',
        {
          id: 'arrow-head',
          viewBox: '0 0 8 8',
          refX: 7,
          refY: 4,
          markerWidth: 7,
          markerHeight: 7,
          orient: 'auto',
        },
        svg('path', { d: 'M0 0L8 4L0 8z' }),
      ),
    ),
  );
  const group = select(node).append('g');
  return {
    node,
    draw(interaction, scene) {
      const arrows = interaction === undefined ? [] : arrowsOf(interaction.chain.segments, scene);
      group
        .selectAll<SVGPathElement, Arrow>('path')
        .data(arrows)
        .join('path')
        .attr('class', ({ evidence }) => `arrow evidence-${evidence}`)
        .attr('marker-end', 'url(#arrow-head)')
        .attr('d', ({ path }) => path);
    },
  };
}

function arrowsOf(segments: readonly ChainSegment[], { x, tops }: ArrowScene): readonly Arrow[] {
  const yOf = (segment: ChainSegment): number | undefined => {
    const top = tops.get(TRACK_IDS[segmentTrack(segment)]);
    return top === undefined ? undefined : top + LANE_MIDDLE_PX;
  };
  return segments.slice(1).flatMap((segment, index): readonly Arrow[] => {
    const before = segments[index];
    const [from, to] = [before && yOf(before), yOf(segment)];
    if (from === undefined || to === undefined || from === to) return [];
    const at = x(segment.startMs);
    return [{ path: arrowPath({ x: at, y: from }, { x: at, y: to }), evidence: segment.evidence }];
  });
}
