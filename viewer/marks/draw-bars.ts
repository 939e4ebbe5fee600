import { BAR_PX, type BarPath, barPaths, barTop } from '../layout/bar-paths.ts';
import type { PlacedBar } from '../layout/bars.ts';
import type { Viewport } from '../layout/flame-runs.ts';
import type { Group } from './draw-axis.ts';

/** Where a track's bars are drawn, and over them their names. */
export interface BarLayers {
  readonly bars: Group;
  readonly names: Group;
}

/** A bar, its parts one after the other, a line on both sides of it where it has whiskers, and its name where there is room. */
export function drawBars({ bars, names }: BarLayers, placed: readonly PlacedBar[], viewport: Viewport): void {
  bars
    .selectAll<SVGPathElement, BarPath>('path')
    .data(barPaths(placed, viewport), ({ name }) => name)
    .join((entered) => entered.append('path').attr('class', ({ name }) => name))
    .attr('d', ({ d }) => d);
  names
    .selectAll<SVGTextElement, BarText>('text')
    .data(texts(placed, viewport))
    .join((entered) => entered.append('text').attr('dy', '0.35em'))
    .attr('class', ({ isInside, placed: { bar } }) =>
      isInside ? `inside in-${bar.parts[0]?.kind ?? ''}` : 'beside',
    )
    .attr('x', ({ at }) => at)
    .attr('y', ({ placed: own }) => barTop(own) + BAR_PX / 2)
    .text(({ text }) => text);
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
    // Between whiskers only the parts are a bar that letters can be read on.
    const inkEnd =
      bar.whiskers === undefined
        ? x + width
        : ((bar.parts.at(-1)?.endMs ?? bar.endMs) - startMs) / ((endMs - startMs) / widthPx);
    const insidePx = Math.min(inkEnd, widthPx) - from - 8;
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
