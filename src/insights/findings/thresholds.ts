import { fromMs, type Micro } from '../../base/units.ts';

/**
 * What takes longer than this is noticed: an input is to be answered within 100 ms, and half of that may be gone before its
 * turn comes. Also what a long task has to exceed. https://web.dev/articles/rail https://www.w3.org/TR/longtasks-1/
 */
export const NOTABLE: Micro = fromMs(50);

/** From here on the agents count a stretch without a turn as a block of the loop: shorter ones are felt by nobody. */
export const LOOP_BLOCK: Micro = fromMs(10);

/** One frame of a display of 60 Hz: a delay below it need not show. */
export const ONE_FRAME: Micro = fromMs(16.667);

/** DevTools warns of forced style and layout from here on, summed up over a task. */
export const FORCED_REFLOW: Micro = fromMs(30);

/** DevTools calls style and layout of this length long, when it looks for what a large document costs. */
export const LONG_RENDERING: Micro = fromMs(40);

/** From so many changes on the update counts as large: DevTools' number of objects of a large layout. */
export const MANY_MODIFICATIONS = 100;

/** Sentry's detector of N+1 queries takes as many for a pattern. https://docs.sentry.io/product/issues/issue-details/performance-issues/n-one-queries/ */
export const REPEATED_QUERIES = 5;

/** Of the whole wait, for it to be the wait for one thing only. */
export const NEARLY_ALL = 0.8;
