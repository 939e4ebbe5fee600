import type { ChainSegment } from '../../src/result/chain-result.ts';
import type { Interaction } from '../../src/result/trace-result.ts';
import { CHAIN_ENDS, segmentName, segmentTrack } from '../layout/chain-words.ts';
import { ms } from '../layout/format.ts';
import { html, ofWidth, svg } from '../marks/element.ts';
import { scroller } from './plain-table.ts';

/** Where the time from the input to the result went, link by link, each with how sure that is. */
export function chainWaterfall(
  { chain, startMs }: Interaction,
  onShow: (segment: ChainSegment) => void,
): HTMLElement {
  const { segments, endsWith } = chain;
  const wholeMs = segments.reduce((sum, { durationMs }) => sum + durationMs, 0);
  if (wholeMs === 0) return html('p', { class: 'empty-note' }, 'What the time went into is not known.');
  const from = segments[0]?.startMs ?? startMs;
  const caption = `From the input to ${CHAIN_ENDS[endsWith].what}`;
  const head = ['What the user waited for', 'For', 'Evidence', 'When'].map((name) =>
    html('th', { scope: 'col' }, name),
  );
  const table = html('table', { class: 'waterfall' }, html('caption', {}, `${caption}, ${ms(wholeMs)}`));
  table.append(
    html('thead', {}, html('tr', {}, ...head)),
    html('tbody', {}, ...segments.map((segment) => segmentRow(segment, { from, wholeMs }, onShow))),
  );
  return scroller(caption, table);
}

interface Whole {
  readonly from: number;
  readonly wholeMs: number;
}

function segmentRow(
  segment: ChainSegment,
  whole: Whole,
  onShow: (segment: ChainSegment) => void,
): HTMLElement {
  const name = html('button', { type: 'button', class: 'link' }, segmentName(segment));
  name.addEventListener('click', () => onShow(segment));
  return html(
    'tr',
    { 'data-segment': segment.kind },
    html('th', { scope: 'row' }, name),
    html('td', { class: 'number' }, ms(segment.durationMs)),
    html('td', {}, html('span', { class: `evidence evidence-${segment.evidence}` }, segment.evidence)),
    html('td', { class: 'waterfall-cell' }, segmentBar(segment, whole)),
  );
}

function segmentBar(segment: ChainSegment, { from, wholeMs }: Whole): SVGElement {
  return svg(
    'svg',
    {
      class: `waterfall-bar on-${segmentTrack(segment)}`,
      height: 14,
      'aria-hidden': 'true',
      focusable: 'false',
    },
    svg('rect', {
      x: ofWidth((segment.startMs - from) / wholeMs),
      width: ofWidth(segment.durationMs / wholeMs),
      height: 14,
      rx: 2,
    }),
  );
}
