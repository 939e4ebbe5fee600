import { html } from '../marks/element.ts';

/** What to do first, on the first screen: who reads no further has read that. The section of the findings has the rest. */
export function whatToDo(sentence: string | undefined): HTMLElement | undefined {
  if (sentence === undefined) return undefined;
  return html(
    'p',
    { class: 'answer-sentence answer-next' },
    html('strong', {}, 'What to do: '),
    `${sentence} `,
    html('a', { href: '#findings' }, 'All that was found'),
  );
}
