import { html } from '../marks/element.ts';

/** A table of text in a wrapper that scrolls by itself. Undefined where there is no row. */
export function plainTable(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLElement | undefined {
  if (rows.length === 0) return undefined;
  const head = html('tr', {}, ...columns.map((column) => html('th', { scope: 'col' }, column)));
  const body = rows.map((row) => html('tr', {}, ...row.map((cell) => html('td', {}, cell))));
  const table = html('table', { class: 'plain' }, html('caption', {}, caption));
  table.append(html('thead', {}, head), html('tbody', {}, ...body));
  return scroller(caption, table);
}

/** What is wider than the page scrolls inside this, by keyboard too, and the page does not. */
export const scroller = (name: string, ...children: readonly HTMLElement[]): HTMLElement =>
  html('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': name }, ...children);
