import { isUnavailable, type Measure } from '../../src/base/measure.ts';
import type { Interaction, TraceResult } from '../../src/result/trace-result.ts';
import { segmentName } from '../layout/chain-words.ts';
import { figure, ms, reason } from '../layout/format.ts';
import { interactionName } from '../layout/interaction-name.ts';
import { html } from '../marks/element.ts';
import { scroller } from './plain-table.ts';
import { ratingBadge } from './rating-badge.ts';
import { section } from './section.ts';

const MOST_ROWS = 50;

/** The interactions of a trace, the slowest first. Undefined where there are none. */
export function interactionsSection(
  trace: TraceResult,
  onShow: (index: number) => void,
): HTMLElement | undefined {
  const rows = [...trace.interactions.entries()].toSorted(([, a], [, b]) => b.durationMs - a.durationMs);
  if (rows.length === 0) return undefined;
  const columns = ['Interaction', 'At', 'INP', 'Input delay', 'Processing', 'Presentation', 'ICP', 'Mostly'];
  const head = html('tr', {}, ...columns.map((name) => html('th', { scope: 'col' }, name)));
  const table = html('table', { class: 'plain interactions' }, html('thead', {}, head));
  table.append(
    html(
      'tbody',
      {},
      ...rows.slice(0, MOST_ROWS).map(([index, interaction]) => interactionRow(interaction, index, onShow)),
    ),
  );
  const hidden = rows.length - MOST_ROWS;
  return section(
    { id: 'interactions', title: 'Interactions', lede: LEDE },
    scroller('Table of interactions', table),
    hidden > 0
      ? html('p', { class: 'note' }, `${figure(hidden)} quicker ones are on the timeline only.`)
      : undefined,
  );
}

const LEDE =
  'INP is the time to the next paint: up to 200 ms is good, over 500 ms is poor. ICP is the time until the result was painted.';

function interactionRow(
  interaction: Interaction,
  index: number,
  onShow: (index: number) => void,
): HTMLElement {
  const { startMs, durationMs, inputDelayMs, processingDurationMs, presentationDelayMs, icpMs, chain } =
    interaction;
  const show = html('button', { type: 'button', class: 'link' }, interactionName(interaction));
  show.addEventListener('click', () => onShow(index));
  const [longest] = chain.segments.toSorted((a, b) => b.durationMs - a.durationMs);
  return html(
    'tr',
    { 'data-interaction': interaction.interactionId },
    html('th', { scope: 'row' }, show),
    html('td', {}, ms(startMs)),
    html('td', { 'data-value': durationMs }, ms(durationMs), ratingBadge(durationMs)),
    ...[inputDelayMs, processingDurationMs, presentationDelayMs].map((part) => html('td', {}, ms(part))),
    measureCell(icpMs),
    html('td', {}, longest === undefined ? '' : `${segmentName(longest)}, ${ms(longest.durationMs)}`),
  );
}

const measureCell = (value: Measure): HTMLElement =>
  isUnavailable(value)
    ? html('td', { title: reason(value) }, '— ', html('span', { class: 'visually-hidden' }, reason(value)))
    : html('td', {}, ms(value));
