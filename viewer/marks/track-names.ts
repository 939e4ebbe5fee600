import { isUnavailable } from '../../src/base/measure.ts';
import { reason } from '../layout/format.ts';
import type { StepTimeline } from '../layout/step-timeline.ts';
import { NAME_PX, type Row, type TrackRows } from '../layout/track-rows.ts';
import { svg } from './element.ts';

/** Each track's name above it, and why it is empty if it is. */
export function trackNames(timeline: StepTimeline, rows: TrackRows): readonly SVGElement[] {
  const { interaction, requests, blocks } = timeline;
  return [
    trackName('Interaction', rows.interaction, isUnavailable(interaction) ? reason(interaction) : undefined),
    trackName('Network', rows.network, requests.length === 0 ? 'no request' : undefined),
    trackName('Server’s event loop', rows.server, serverNote(blocks)),
    trackName('Browser’s main thread', rows.main, undefined),
  ];
}

function serverNote(blocks: StepTimeline['blocks']): string | undefined {
  if (isUnavailable(blocks)) return reason(blocks);
  return blocks.length === 0 ? 'never blocked' : undefined;
}

function trackName(name: string, row: Row, note: string | undefined): SVGElement {
  const y = row.y - NAME_PX + 15;
  const text = svg('text', { class: 'track-name', x: 0, y }, name);
  if (note !== undefined) text.append(svg('tspan', { class: 'track-note', dx: 8 }, note));
  return svg(
    'g',
    {},
    svg('line', { class: 'track-line', x2: '100%', y1: row.y - NAME_PX, y2: row.y - NAME_PX }),
    text,
  );
}
