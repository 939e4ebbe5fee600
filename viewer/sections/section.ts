import { html, type Child } from '../marks/element.ts';

export interface Heading {
  readonly id: string;
  readonly title: string;
  readonly lede?: string;
}

export function section({ id, title, lede }: Heading, ...children: readonly Child[]): HTMLElement {
  const heading = html('h2', { id: `${id}-heading` }, title);
  const intro = lede === undefined ? undefined : html('p', { class: 'lede' }, lede);
  return html('section', { id, 'aria-labelledby': `${id}-heading` }, heading, intro, ...children);
}
