import { select } from 'd3-selection';
import type { Interaction } from '../../src/result/trace-result.ts';
import type { Tracks } from '../../src/tracks/tracks.ts';
import { type Arrow, type ArrowScene, arrowsOf } from '../layout/chain-arrows.ts';
import { threadTrackId } from '../layout/own-threads.ts';
import { svg } from '../marks/element.ts';

export interface ChainArrows {
  readonly node: SVGSVGElement;
  readonly draw: (interaction: Interaction | undefined, scene: Omit<ArrowScene, 'thread'>) => void;
}

/** Draws the chain of the selected interaction across the tracks, over all of them: solid where proven, dashed where not. */
export function chainArrows(tracks: Tracks): ChainArrows {
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
      const arrows =
        interaction === undefined
          ? []
          : arrowsOf(interaction.chain.segments, { ...scene, thread: threadTrackId(tracks, interaction) });
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
