import type { Label } from '../../src/tracks/tracks.ts';
import { figure, percent } from '../layout/format.ts';
import { inOrder, type LabelTime, type TreeNode, type WindowTimes } from '../layout/self-times.ts';
import { placeOf } from '../layout/span-card.ts';
import { html } from '../marks/element.ts';
import { scroller } from './plain-table.ts';

const MOST_ROWS = 15;
/** Less would read as 0. */
const LEAST_SHOWN_MS = 0.05;
/** Of the window: smaller branches of the tree are not shown. */
const LEAST_SHARE = 0.01;
const MOST_TREE_ROWS = 40;
const DEEPEST_INDENT = 14;

/** What a stretch of a thread's time went into: by what it was, and by what called what. */
export function timeTables({ bottomUp, tree, busyMs }: WindowTimes, labels: readonly Label[]): HTMLElement {
  if (busyMs === 0) return html('p', { class: 'empty-note' }, 'The thread did nothing in this time.');
  const flat = bottomUp.filter(({ selfMs }) => selfMs >= LEAST_SHOWN_MS);
  const hidden = flat.length - MOST_ROWS;
  return html(
    'div',
    { class: 'time-tables' },
    timeTable(
      'Bottom-up: where the time itself went',
      flat.slice(0, MOST_ROWS).map((row) => timeRow(row, labels, busyMs)),
    ),
    hidden > 0 ? html('p', { class: 'note' }, `${figure(hidden)} smaller ones are not shown.`) : undefined,
    timeTable(
      'Call tree: what led to it',
      treeRows(tree, busyMs)
        .slice(0, MOST_TREE_ROWS)
        .map((node) => timeRow(node, labels, busyMs, node.depth)),
    ),
  );
}

function timeTable(caption: string, rows: readonly HTMLElement[]): HTMLElement {
  const head = html(
    'tr',
    {},
    ...['Self', 'Total', 'Activity'].map((name) => html('th', { scope: 'col' }, name)),
  );
  const table = html('table', { class: 'times' }, html('caption', {}, caption), html('thead', {}, head));
  table.append(html('tbody', {}, ...rows));
  return scroller(caption, table);
}

function timeRow(
  { label, selfMs, totalMs }: LabelTime,
  labels: readonly Label[],
  busyMs: number,
  depth = 0,
): HTMLElement {
  const own = labels[label];
  const source = placeOf(own?.url ?? '', own?.line ?? 0);
  const name = html(
    'td',
    { class: 'activity' },
    html('span', { class: `dot dot-${own?.category ?? 'other'}`, 'aria-hidden': 'true' }),
    own?.name ?? '',
    source === '' ? undefined : html('span', { class: 'source', title: source }, source),
  );
  name.style.setProperty('--depth', String(Math.min(depth, DEEPEST_INDENT)));
  return html(
    'tr',
    {},
    html('td', { class: 'number' }, `${figure(selfMs)} ms`, share(selfMs, busyMs)),
    html('td', { class: 'number' }, `${figure(totalMs)} ms`, share(totalMs, busyMs)),
    name,
  );
}

const share = (ms: number, busyMs: number): HTMLElement =>
  html('span', { class: 'share' }, percent(Math.min(1, ms / busyMs)));

/** Callers before what they call, the largest branch first. */
function treeRows(nodes: readonly TreeNode[], busyMs: number): readonly TreeNode[] {
  return nodes
    .filter(({ totalMs }) => totalMs >= busyMs * LEAST_SHARE)
    .flatMap((node) => [node, ...treeRows(inOrder(node.children), busyMs)]);
}
