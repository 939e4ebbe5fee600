import type { Rating } from '../../src/result/words/inp-rating.ts';
import { svg } from './element.ts';

/** Shapes differ as well as colours, as in Lighthouse: a circle is good, a square is so-so, a triangle is poor. */
const RATING_PATHS: Readonly<Record<Rating, string>> = {
  good: 'M5 .5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z',
  'needs improvement': 'M1 1h8v8H1z',
  poor: 'M5 .5l4.8 9H.2z',
};

export const ratingIcon = (rating: Rating): SVGElement =>
  svg(
    'svg',
    { class: 'rating-icon', viewBox: '0 0 10 10', 'aria-hidden': 'true' },
    svg('path', { d: RATING_PATHS[rating] }),
  );

export type Verdict = 'confirmed' | 'refuted' | 'inconclusive' | 'partly';

const VERDICT_PATHS: Readonly<Record<Verdict, string>> = {
  confirmed: 'M3 8.5l3.2 3.2L13 4.8',
  refuted: 'M4 4l8 8M12 4l-8 8',
  inconclusive: 'M2.5 9c1.8-3 3.6-3 5.5-1s3.7 2 5.5-1',
  partly: 'M2 8.6l2.4 2.4L8 7M10 7l4 4M14 7l-4 4',
};

export const verdictIcon = (verdict: Verdict): SVGElement =>
  svg(
    'svg',
    { class: 'verdict-icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    svg('path', { d: VERDICT_PATHS[verdict] }),
  );
