import { type Child, html } from '../marks/element.ts';

export interface Answered {
  /** Of what the report is: its name first. */
  readonly about: readonly string[];
  readonly headline: string;
  readonly sentences: readonly string[];
  /** What to do about it, in a sentence. Undefined where nothing was found. */
  readonly next: string | undefined;
}

/** What most readers came for, on the first screen. The notes say how far it can be trusted. */
export const answerHeader = (
  { about, headline, sentences, next }: Answered,
  ...notes: readonly Child[]
): HTMLElement =>
  html(
    'header',
    { class: 'answer' },
    html(
      'p',
      { class: 'masthead' },
      html('strong', {}, 'INPact'),
      ...about.map((words) => html('span', {}, words)),
    ),
    html('h1', {}, headline),
    ...sentences.map((sentence) => html('p', { class: 'answer-sentence' }, sentence)),
    whatToDo(next),
    ...notes,
  );

/** Who reads no further has read that. The section of the findings has the rest. */
function whatToDo(sentence: string | undefined): HTMLElement | undefined {
  if (sentence === undefined) return undefined;
  return html(
    'p',
    { class: 'answer-sentence answer-next' },
    html('strong', {}, 'What to do: '),
    `${sentence} `,
    html('a', { href: '#findings' }, 'All that was found'),
  );
}
