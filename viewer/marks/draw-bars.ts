import type { BarPart, PlacedBar } from '../layout/bars.ts';
import { msPerPx, type Viewport } from '../layout/flame-runs.ts';
import type { Group } from './draw-axis.ts';

export const BAR_LANE_PX: number = 19;
const BAR_PX = 15;

/** A bar, its parts one after the other, a line on both sides of it where it has whiskers, and its name where there is room. */
export function drawBars(g: Group, bars: readonly PlacedBar[], viewport: Viewport): void {
  const scale = msPerPx(viewport);
  const x = (ms: number): number => clamped((ms - viewport.startMs) / scale, viewport);
  const parts = bars.flatMap((placed) => placed.bar.parts.map((part) => ({ placed, part })));
  g.selectAll<SVGRectElement, (typeof parts)[number]>('rect')
    .data(parts)
    .join('rect')
    .attr('class', ({ part }) => `bar-${part.kind}`)
    .attr('x', ({ part }) => x(part.startMs))
    .attr('y', ({ placed }) => top(placed))
    .attr('width', ({ part }) => widthOf(part, x))
    .attr('height', BAR_PX)
    .attr('rx', 2);
  g.selectAll<SVGPathElement, PlacedBar>('path')
    .data(bars.filter(({ bar }) => bar.whiskers !== undefined))
    .join('path')
    .attr('d', (placed) => whiskerPath(placed, x, top(placed) + BAR_PX / 2));
  const named = texts(bars, viewport);
  g.selectAll<SVGTextElement, (typeof named)[number]>('text')
    .data(named)
    .join('text')
    .attr('class', ({ isInside, placed }) =>
      isInside ? `inside in-${placed.bar.parts[0]?.kind ?? ''}` : 'beside',
    )
    .attr('x', ({ at }) => at)
    .attr('y', ({ placed }) => top(placed) + BAR_PX / 2)
    .attr('dy', '0.35em')
    .text(({ text }) => text);
}

const top = ({ lane }: PlacedBar): number => lane * BAR_LANE_PX + 2;

/** SVG renderers lose their way with coordinates of millions. */
const clamped = (x: number, { widthPx }: Viewport): number => Math.min(Math.max(x, -10), widthPx + 10);

const widthOf = ({ startMs, endMs }: BarPart, x: (ms: number) => number): number =>
  Math.max(1.5, x(endMs) - x(startMs));

function whiskerPath({ bar }: PlacedBar, x: (ms: number) => number, y: number): string {
  const { whiskers, parts } = bar;
  const [first, last] = [parts[0], parts.at(-1)];
  if (whiskers === undefined || first === undefined || last === undefined) return '';
  const cap = (at: number): string => `M${at} ${y - 4}V${y + 4}`;
  const [from, to] = [x(whiskers.startMs), x(whiskers.endMs)];
  return `${cap(from)}M${from} ${y}H${x(first.startMs)}M${x(last.endMs)} ${y}H${to}${cap(to)}`;
}

const LETTER_PX = 6.1;
const FEWEST_LETTERS = 3;

interface BarText {
  readonly placed: PlacedBar;
  readonly text: string;
  readonly at: number;
  readonly isInside: boolean;
}

/** Inside the bar where a part of the name fits, else after it where nothing else is in the way. */
function texts(bars: readonly PlacedBar[], { widthPx, startMs, endMs }: Viewport): readonly BarText[] {
  const nextX = new Map<number, number>();
  const found: BarText[] = [];
  for (const placed of bars.toReversed()) {
    const { bar, lane, x, width } = placed;
    const from = Math.max(x, 0);
    const insidePx = Math.min(x + width, widthPx) - from - 8;
    const free = nextX.get(lane) ?? widthPx;
    nextX.set(lane, x);
    const whiskerEnd = ((bar.whiskers?.endMs ?? bar.endMs) - startMs) / ((endMs - startMs) / widthPx);
    const after = Math.max(x + width, whiskerEnd) + 6;
    if (insidePx >= Math.min(bar.text.length, 12) * LETTER_PX) {
      found.push({ placed, text: cut(bar.text, insidePx), at: from + 4, isInside: true });
    } else if (free - after > bar.text.length * LETTER_PX && after > 0) {
      found.push({ placed, text: bar.text, at: after, isInside: false });
    }
  }
  return found;
}

/** As much of a text as fits, by the width of a usual letter: measuring would take a layout. */
export function cut(text: string, px: number): string {
  const letters = Math.floor(px / LETTER_PX);
  if (text.length <= letters) return text;
  return letters < FEWEST_LETTERS ? '' : `${text.slice(0, letters - 1)}…`;
}
