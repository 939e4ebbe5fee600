import type { IntervalMark } from '../layout/interval.ts';
import { svg } from './element.ts';

const at = (share: number): string => `${(share * 100).toFixed(2)}%`;

/** The interval as a line and the estimate as a dot, on a scale with zero marked. The text beside it says the same. */
export const intervalStrip = ({ low, high, estimate, zero }: IntervalMark): SVGElement =>
  svg(
    'svg',
    { class: 'interval', height: 24, 'aria-hidden': 'true' },
    svg('line', { class: 'zero', x1: at(zero), x2: at(zero), y1: 0, y2: 24 }),
    svg('line', { class: 'range', x1: at(low), x2: at(high), y1: 12, y2: 12 }),
    svg('circle', { cx: at(estimate), cy: 12, r: 4 }),
  );
