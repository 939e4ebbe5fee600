import type { Card } from '../layout/cards.ts';
import { html } from '../marks/element.ts';

const GAP_PX = 14;

/** The card that follows the pointer over a chart. One per page. */
export interface HoverCard {
  show(card: Card, at: { readonly clientX: number; readonly clientY: number }): void;
  hide(): void;
}

export function hoverCard(): HoverCard {
  const node = html('div', { class: 'hover-card', hidden: true, 'aria-hidden': 'true' });
  document.body.append(node);
  return {
    show(card, { clientX, clientY }) {
      node.replaceChildren(...cardContent(card));
      node.hidden = false;
      const { width, height } = node.getBoundingClientRect();
      const { clientWidth, clientHeight } = document.documentElement;
      const right = clientX + GAP_PX + width <= clientWidth;
      const below = clientY + GAP_PX + height <= clientHeight;
      node.style.left = `${Math.max(4, right ? clientX + GAP_PX : clientX - GAP_PX - width)}px`;
      node.style.top = `${Math.max(4, below ? clientY + GAP_PX : clientY - GAP_PX - height)}px`;
    },
    hide: () => void (node.hidden = true),
  };
}

function cardContent({ title, facts, note }: Card): readonly HTMLElement[] {
  const list = html('dl');
  for (const [name, value] of facts) list.append(html('dt', {}, name), html('dd', {}, value));
  const parts = [html('p', { class: 'card-title' }, title), list];
  return note === undefined ? parts : [...parts, html('p', { class: 'card-note' }, note)];
}
