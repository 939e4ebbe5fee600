import type { IntervalMark } from '../layout/interval.ts';
import { ofWidth, svg } from './element.ts';

/** The interval as a line and the estimate as a dot, on a scale with zero marked. The text beside it says the same. */
export const intervalStrip = ({ low, high, estimate, zero }: IntervalMark): SVGElement =>
  svg(
    'svg',
    { class: 'interval', height: 24, 'aria-hidden': 'true' },
    svg('line', { class: 'zero', x1: ofWidth(zero), x2: ofWidth(zero), y1: 0, y2: 24 }),
    svg('line', { class: 'range', x1: ofWidth(low), x2: ofWidth(high), y1: 12, y2: 12 }),
    svg('circle', { cx: ofWidth(estimate), cy: 12, r: 4 }),
  );
