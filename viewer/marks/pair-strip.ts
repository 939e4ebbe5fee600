import type { PairDot, PairMarks, PairScale } from '../layout/pair-marks.ts';
import { changeOf } from '../layout/comparison-words.ts';
import { ms } from '../layout/format.ts';
import { ofWidth, svg } from './element.ts';

const HEIGHT = 64;
const DOTS_Y = 22;
const INTERVAL_Y = 52;
const DOT_PX = 4;
/** Between dots that share a place, where there is room. */
const LEVEL_PX = 5;

/** Each pair's ratio as a dot, and below them the estimate with its interval. To the right of the dashed line a change is of interest. */
export function pairStrip(
  { dots, interval, noChange, margin = Infinity }: PairMarks,
  label: string,
  runOf: (round: number) => string,
): SVGElement {
  const furthest = Math.max(1, ...dots.map(({ level }) => Math.abs(level)));
  const levelPx = Math.min(LEVEL_PX, (DOTS_Y - DOT_PX) / furthest);
  return svg(
    'svg',
    { class: 'pair-strip', height: HEIGHT, role: 'img', 'aria-label': label },
    margin > 1
      ? undefined
      : svg('rect', { class: 'of-interest', x: ofWidth(margin), width: ofWidth(1 - margin), height: HEIGHT }),
    svg('line', { class: 'no-change', x1: ofWidth(noChange), x2: ofWidth(noChange), y2: HEIGHT }),
    margin > 1
      ? undefined
      : svg('line', { class: 'margin', x1: ofWidth(margin), x2: ofWidth(margin), y2: HEIGHT }),
    ...dots.map((dot) => dotOf(dot, DOTS_Y + dot.level * levelPx, runOf(dot.round))),
    ...(interval === undefined
      ? []
      : [
          svg('line', {
            class: 'range',
            x1: ofWidth(interval.low),
            x2: ofWidth(interval.high),
            y1: INTERVAL_Y,
            y2: INTERVAL_Y,
          }),
          // A square that stands on its corner, about a place that is a share of the width.
          svg(
            'svg',
            { class: 'estimate', x: ofWidth(interval.estimate), y: INTERVAL_Y },
            svg('path', { d: 'M0-6l6 6l-6 6l-6-6z' }),
          ),
        ]),
  );
}

const dotOf = ({ share, base, changed, ratio, isJudged }: PairDot, y: number, run: string): SVGElement =>
  svg(
    'circle',
    { cx: ofWidth(share), cy: y, r: DOT_PX, 'data-judged': isJudged },
    svg('title', {}, `Run ${run}: ${ms(base)} → ${ms(changed)}, ${changeOf(ratio)}`),
  );

/** The percents under the strips. */
export const pairAxis = ({ ticks }: Pick<PairScale, 'ticks'>): SVGElement =>
  svg(
    'svg',
    { class: 'strip-scale', height: 16, 'aria-hidden': 'true' },
    ...ticks.map(({ share, percent }) =>
      svg('text', { x: ofWidth(share), y: 12, 'text-anchor': 'middle' }, tickText(percent)),
    ),
  );

const tickText = (percent: number): string => (percent === 0 ? 'no change' : changeOf(1 + percent / 100));
