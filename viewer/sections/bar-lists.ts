import type { Bar, BarTrack } from '../layout/bars.ts';
import { ms, plural } from '../layout/format.ts';
import { type Selection, selectionOf } from '../layout/selection.ts';
import { lengthOf } from '../layout/time-span.ts';
import { html } from '../marks/element.ts';
import { scroller } from './plain-table.ts';

/** So many rows at a time: a busy site has thousands of requests. */
const ROWS_AT_ONCE = 500;

/**
 * What the tracks of bars show, as a table for each: for whoever has no pointer, or does not see the drawing. A table is made
 * when it is unfolded, since few ever are. None where there is no bar.
 */
export function barLists(
  tracks: readonly BarTrack[],
  pick: (selection: Selection) => void,
): readonly HTMLElement[] {
  const filled = tracks.filter(({ bars }) => bars.length > 0);
  if (filled.length === 0) return [];
  return [
    html(
      'details',
      { class: 'bar-lists' },
      html('summary', {}, 'What the tracks show, as tables'),
      ...filled.map((track) => barList(track, pick)),
    ),
  ];
}

function barList({ title, bars }: BarTrack, pick: (selection: Selection) => void): HTMLElement {
  const list = html('details', {}, html('summary', {}, `${title}: ${plural(bars.length, 'bar')}`));
  list.addEventListener('toggle', () => list.append(...barTable(title, bars, pick)), { once: true });
  return list;
}

function barTable(
  title: string,
  bars: readonly Bar[],
  pick: (selection: Selection) => void,
): readonly HTMLElement[] {
  const head = ['What', 'Kind', 'Start', 'Length'].map((name) => html('th', { scope: 'col' }, name));
  const body = html('tbody');
  const table = html('table', { class: 'plain' }, html('thead', {}, html('tr', {}, ...head)), body);
  const more = html('button', { type: 'button' }, '');
  const addRows = (): void => {
    const shown = body.children.length;
    body.append(...bars.slice(shown, shown + ROWS_AT_ONCE).map((bar) => barRow(bar, pick)));
    const left = bars.length - body.children.length;
    more.hidden = left === 0;
    more.textContent = `Show ${plural(Math.min(left, ROWS_AT_ONCE), 'more row')}`;
  };
  more.addEventListener('click', addRows);
  addRows();
  return [scroller(`${title}, as a table`, table), more];
}

function barRow(bar: Bar, pick: (selection: Selection) => void): HTMLElement {
  const name = html('button', { type: 'button', class: 'link' }, bar.text || bar.card.title);
  name.addEventListener('click', () => pick(selectionOf(bar)));
  // An interaction's bar is its handlers alone.
  const whole = bar.interaction === undefined ? bar : (bar.whiskers ?? bar);
  return html(
    'tr',
    {},
    html('th', { scope: 'row' }, name),
    html('td', {}, bar.card.title),
    html('td', {}, ms(whole.startMs)),
    html('td', {}, ms(lengthOf(whole))),
  );
}
