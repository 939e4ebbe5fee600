import { ticks } from 'd3-array';
import { figure } from '../layout/format.ts';
import { svg } from './element.ts';

/** The numbers under a card of strips. */
export const stripScale = (max: number): SVGElement =>
  svg(
    'svg',
    { class: 'strip-scale', height: 16, 'aria-hidden': 'true' },
    ...ticks(0, max, 4).map((value) =>
      svg('text', { x: `${(value / max) * 100}%`, y: 12, 'text-anchor': 'middle' }, figure(value)),
    ),
  );
