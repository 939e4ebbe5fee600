import { type Rating, inpRating } from '../../src/result/words/inp-rating.ts';
import { html } from '../marks/element.ts';
import { ratingIcon } from '../marks/icons.ts';

/** What an INP is rated, by sign and word: never by colour alone. */
export function ratingBadge(inpMs: number): HTMLElement {
  const rating = inpRating(inpMs);
  return html('span', { class: `rating rating-${CLASSES[rating]}` }, ratingIcon(rating), rating);
}

const CLASSES: Readonly<Record<Rating, string>> = {
  good: 'good',
  'needs improvement': 'needs-improvement',
  poor: 'poor',
};
