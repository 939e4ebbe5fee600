import { html } from '../marks/element.ts';
import type { Details } from './selection-details.ts';

export interface DetailsPane {
  readonly node: HTMLElement;
  readonly show: (details: Details | undefined) => void;
  /** All of it, as text. */
  readonly text: () => string;
}

const HOW_TO_SELECT = 'Click on anything in the timeline, or press . for the first interaction.';

/** What is known of the selection, below the timeline. */
export function detailsPane(): DetailsPane {
  const title = html('h3', { id: 'details-title' }, 'Nothing selected');
  const body = html('div', { class: 'details-body' });
  return {
    node: html('section', { class: 'details', 'aria-labelledby': 'details-title' }, title, body),
    show(details) {
      title.textContent = details?.title ?? 'Nothing selected';
      body.replaceChildren(...(details?.parts ?? [html('p', { class: 'empty-note' }, HOW_TO_SELECT)]));
    },
    text: () => `${title.textContent}\n${body.innerText}`,
  };
}
