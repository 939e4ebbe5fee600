import { BAR_LANE_PX, type BarPart, type PlacedBar } from './bars.ts';
import { msPerPx, type Viewport } from './flame-runs.ts';

export const BAR_PX = 15;
const TOP_PX = 2;
const ROUND_PX = 2;
const LEAST_PX = 1.5;
/** Narrower bars have no room for round corners. */
const ROUND_FROM_PX = 3 * ROUND_PX;

/** All bars of one kind, or all whiskers of a track, as one path. */
export interface BarPath {
  /** Its class in the style sheet. */
  readonly name: string;
  readonly d: string;
}

/**
 * A track has thousands of bars and six kinds of them. As an element for each bar, attributes took a tenth of a second to set,
 * and every frame of a zoom sets them all; as a path for each kind they take a millisecond.
 */
export function barPaths(bars: readonly PlacedBar[], viewport: Viewport): readonly BarPath[] {
  const scale = msPerPx(viewport);
  const x = (ms: number): number => tenths(clamped((ms - viewport.startMs) / scale, viewport));
  const paths = new Map<string, string[]>();
  const add = (name: string, d: string): void => {
    const own = paths.get(name);
    if (own === undefined) paths.set(name, [d]);
    else own.push(d);
  };
  for (const placed of bars) {
    const y = barTop(placed);
    for (const part of placed.bar.parts) add(`bar-${part.kind}`, box(part, x, y));
    if (placed.bar.whiskers !== undefined) add('whiskers', whiskers(placed, x, y + BAR_PX / 2));
  }
  return Array.from(paths, ([name, pieces]) => ({ name, d: pieces.join('') }));
}

export const barTop = ({ lane }: PlacedBar): number => lane * BAR_LANE_PX + TOP_PX;

/** SVG renderers lose their way with coordinates of millions. */
const clamped = (x: number, { widthPx }: Viewport): number => Math.min(Math.max(x, -10), widthPx + 10);

/** What is finer no display shows, and every digit is parsed. */
const tenths = (px: number): number => Math.round(px * 10) / 10;

function box({ startMs, endMs }: BarPart, x: (ms: number) => number, y: number): string {
  const from = x(startMs);
  const width = tenths(Math.max(LEAST_PX, x(endMs) - from));
  if (width < ROUND_FROM_PX) return `M${from} ${y}h${width}v${BAR_PX}h${-width}z`;
  const across = tenths(width - 2 * ROUND_PX);
  const down = BAR_PX - 2 * ROUND_PX;
  const r = ROUND_PX;
  return `M${from + r} ${y}h${across}q${r} 0 ${r} ${r}v${down}q0 ${r} ${-r} ${r}h${-across}q${-r} 0 ${-r} ${-r}v${-down}q0 ${-r} ${r} ${-r}z`;
}

function whiskers({ bar }: PlacedBar, x: (ms: number) => number, y: number): string {
  const { whiskers: line, parts } = bar;
  const [first, last] = [parts[0], parts.at(-1)];
  if (line === undefined || first === undefined || last === undefined) return '';
  const cap = (at: number): string => `M${at} ${y - 4}V${y + 4}`;
  const [from, to] = [x(line.startMs), x(line.endMs)];
  return `${cap(from)}M${from} ${y}H${x(first.startMs)}M${x(last.endMs)} ${y}H${to}${cap(to)}`;
}
