import { html } from '../marks/element.ts';
import { type Verdict, verdictIcon } from '../marks/icons.ts';

/** A verdict by sign and word: never by colour alone. */
export const verdictBadge = (verdict: Verdict, words: string = VERDICT_WORDS[verdict]): HTMLElement =>
  html('span', { class: `verdict verdict-${verdict}` }, verdictIcon(verdict), words);

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  confirmed: 'Confirmed',
  refuted: 'Refuted',
  inconclusive: 'Inconclusive',
  partly: 'Partly confirmed',
};
