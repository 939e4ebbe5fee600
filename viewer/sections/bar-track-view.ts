import { select } from 'd3-selection';
import { BAR_LANE_PX, type BarTrack, placedBars, type PlacedBar } from '../layout/bars.ts';
import { selectionOf } from '../layout/selection.ts';
import { drawBars } from '../marks/draw-bars.ts';
import { html, svg } from '../marks/element.ts';
import type { TrackView } from './track-view.ts';

/** How far beside a mark still counts as on it. */
const SLACK_PX = 4;

/** A track of bars, in SVG. */
export function barTrackView(track: BarTrack): TrackView {
  const height = track.laneCount * BAR_LANE_PX + 4;
  const drawing = svg('svg', { height, 'aria-hidden': 'true', focusable: 'false' });
  const layers = { bars: select(drawing).append('g'), names: select(drawing).append('g') };
  const body = html(
    'div',
    { class: 'track-body', 'data-track': track.id, hidden: track.note !== undefined },
    drawing,
  );
  const note = track.note === undefined ? undefined : html('span', { class: 'track-note' }, track.note);
  const title = html('p', { class: 'track-title' }, track.title, note);
  let placed: readonly PlacedBar[] = [];
  return {
    id: track.id,
    node: html('div', { class: `track track-${track.id.split('-')[0] ?? ''}` }, title, body),
    body,
    draw(viewport) {
      placed = placedBars(track, viewport);
      drawBars(layers, placed, viewport);
    },
    hitAt(x, y) {
      const lane = Math.floor(y / BAR_LANE_PX);
      const hit = placed.findLast(
        (bar) => bar.lane === lane && x >= bar.x - SLACK_PX && x <= bar.x + bar.width + SLACK_PX,
      );
      if (hit === undefined) return undefined;
      const { bar } = hit;
      return { card: bar.card, span: bar.whiskers ?? bar, selection: selectionOf(bar) };
    },
  };
}
