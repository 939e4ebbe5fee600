import type { Session } from '../../src/result/session.ts';
import { ms } from '../layout/format.ts';
import { type BandKind, type RunBand, type RunRow, runRows } from '../layout/run-rows.ts';
import { html, ofWidth, svg } from '../marks/element.ts';
import { scroller } from './plain-table.ts';

const HEIGHT_PX = 16;

/** Where each kind lies in a row: the server's loop and the main thread beneath what the user sees. */
const PLACES: Readonly<Record<BandKind, readonly [y: number, height: number]>> = {
  wait: [0, 7],
  interaction: [0, 7],
  'loop-blocked': [8, 4],
  'long-task': [12, 4],
};

/** In the order in which they lie in a row, from its top. */
const LEGEND: readonly (readonly [swatch: string, words: string])[] = [
  ['run-interaction', 'the interaction'],
  ['wait', 'the wait for its result'],
  ['server', 'below: server’s loop blocked'],
  ['run-long-task', 'at the bottom: long tasks'],
];

const legendEntry = ([swatch, words]: (typeof LEGEND)[number]): HTMLElement =>
  html(
    'span',
    { class: 'legend-entry' },
    html('span', { class: `swatch swatch-${swatch}`, 'aria-hidden': 'true' }),
    words,
  );

/** Every run of a step as a row of its own, aligned at the input. */
export function runRowsTable(session: Session, step: string): HTMLElement | undefined {
  const { rows, maxMs } = runRows(session, step);
  if (rows.length === 0) return undefined;
  const head = ['Run', `From the input, ${ms(maxMs)} wide`, 'INP', 'ICP'];
  const table = html(
    'table',
    { class: 'run-rows' },
    html('caption', {}, 'Every run, from the input on:', ...LEGEND.map(legendEntry)),
    html('thead', {}, html('tr', {}, ...head.map((name) => html('th', { scope: 'col' }, name)))),
  );
  table.append(html('tbody', {}, ...rows.map(runRow)));
  return html(
    'details',
    // Unfolded: whoever has to look for an outlier does not see it.
    { open: true },
    html('summary', {}, 'All runs, a row each'),
    scroller('All runs of the step', table),
  );
}

const runRow = ({ variant, run, counts, inpMs, icpMs, bands }: RunRow): HTMLElement =>
  html(
    'tr',
    { 'data-counts': counts },
    html('th', { scope: 'row' }, `${variant} ${run}${counts ? '' : ' (not counted)'}`),
    html('td', { class: 'run-cell' }, bandStrip(bands)),
    html('td', {}, inpMs === undefined ? '—' : ms(inpMs)),
    html('td', {}, icpMs === undefined ? '—' : ms(icpMs)),
  );

const bandStrip = (bands: readonly RunBand[]): SVGElement =>
  svg(
    'svg',
    { class: 'run-strip', height: HEIGHT_PX, 'aria-hidden': 'true', focusable: 'false' },
    ...bands.map(({ kind, from, to }) => {
      const [y, height] = PLACES[kind];
      return svg('rect', { class: `band-${kind}`, x: ofWidth(from), width: ofWidth(to - from), y, height });
    }),
  );
