import type { MetricName, MetricSummary } from '../../src/result/session-summary.ts';
import { INP_GOOD_MS } from '../../src/result/words/inp-rating.ts';
import { ms } from '../layout/format.ts';
import { strip } from '../layout/strip.ts';
import { ofWidth, svg } from './element.ts';

export interface StripScale {
  readonly max: number;
  readonly metric: MetricName;
}

const HEIGHT = 34;
const DOT_PX = 4;
/** Between dots that share a place, where there is room. */
const LEVEL_PX = 5;

export function dotStrip({ values, median }: MetricSummary, { max, metric }: StripScale): SVGElement {
  const middle = HEIGHT / 2;
  const limit = metric === 'inpMs' && INP_GOOD_MS < max ? [tick('limit', INP_GOOD_MS / max)] : [];
  const placed = strip(values, max);
  const furthest = Math.max(1, ...placed.map(({ level }) => Math.abs(level)));
  const levelPx = Math.min(LEVEL_PX, (middle - DOT_PX) / furthest);
  const dots = placed.map(({ value, share, level }) =>
    svg(
      'circle',
      { cx: ofWidth(share), cy: middle + level * levelPx, r: DOT_PX, 'data-value': value },
      svg('title', {}, ms(value)),
    ),
  );
  return svg(
    'svg',
    { class: `strip strip-${metric}`, height: HEIGHT, role: 'img', 'aria-label': values.map(ms).join(', ') },
    svg('line', { class: 'base', x2: '100%', y1: middle, y2: middle }),
    ...limit,
    tick('median-tick', median / max),
    ...dots,
  );
}

const tick = (name: string, share: number): SVGElement =>
  svg('line', { class: name, x1: ofWidth(share), x2: ofWidth(share), y1: 0, y2: HEIGHT });
