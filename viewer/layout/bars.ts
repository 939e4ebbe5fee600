import type { Card } from './cards.ts';
import { msPerPx, type Viewport } from './flame-runs.ts';
import type { TimeSpan } from './time-span.ts';

/** How a bar, or a part of one, looks. Each has its class in the style sheet. */
export type BarKind =
  | 'interaction'
  | 'queued'
  | 'waited'
  | 'downloaded'
  | 'held-up'
  | 'server-block'
  | 'server-request'
  | 'server-wait'
  | 'query'
  | 'query-on-loop'
  | 'step'
  | 'measure'
  | 'mark'
  | 'paint'
  | 'frame'
  | 'long-frame'
  | 'forced-reflow'
  | 'sync-wait'
  | 'finding';

export interface BarPart extends TimeSpan {
  readonly kind: BarKind;
}

/** Something with a place in time that is drawn as a bar: there are hundreds of these, not hundreds of thousands. */
export interface Bar extends TimeSpan {
  /** Unique within its track. */
  readonly id: string;
  readonly parts: readonly BarPart[];
  /** A line beyond the bar on both sides. */
  readonly whiskers?: TimeSpan;
  readonly text: string;
  readonly card: Card;
  /** The interaction that it is. */
  readonly interaction?: number;
}

export interface BarTrack {
  readonly id: string;
  readonly title: string;
  readonly bars: readonly Bar[];
  /** By bar. */
  readonly lanes: readonly number[];
  readonly laneCount: number;
  /** Why there is nothing, where there is nothing. */
  readonly note?: string;
}

export const BAR_LANE_PX = 19;

/** More lanes make a track that nobody reads: what is beyond them shares the last. */
const MOST_LANES = 16;

/** @param gapMs What must lie between two bars of a lane. */
export function barTrack(id: string, title: string, bars: readonly Bar[], note?: string): BarTrack {
  const inOrder = bars.toSorted((a, b) => a.startMs - b.startMs || b.endMs - a.endMs);
  const freeFromMs: number[] = [];
  const lanes = inOrder.map(({ startMs, endMs }) => {
    const free = freeFromMs.findIndex((ms) => ms <= startMs);
    const lane = free === -1 ? Math.min(freeFromMs.length, MOST_LANES - 1) : free;
    freeFromMs[lane] = Math.max(endMs, freeFromMs[lane] ?? 0);
    return lane;
  });
  return {
    id,
    title,
    bars: inOrder,
    lanes,
    laneCount: Math.max(1, freeFromMs.length),
    ...(bars.length === 0 && note !== undefined ? { note } : {}),
  };
}

export interface PlacedBar {
  readonly bar: Bar;
  readonly lane: number;
  readonly x: number;
  readonly width: number;
}

const LEAST_PX = 2;

/** The bars that can be seen: of several that share a pixel of a lane, the longest. */
export function placedBars({ bars, lanes }: BarTrack, viewport: Viewport): readonly PlacedBar[] {
  const scale = msPerPx(viewport);
  const last = new Map<number, PlacedBar>();
  const placed: PlacedBar[] = [];
  for (const [index, bar] of bars.entries()) {
    const from = Math.min(bar.startMs, bar.whiskers?.startMs ?? bar.startMs);
    const to = Math.max(bar.endMs, bar.whiskers?.endMs ?? bar.endMs);
    if (to < viewport.startMs || from > viewport.endMs) continue;
    const lane = lanes[index] ?? 0;
    const x = (bar.startMs - viewport.startMs) / scale;
    const own = { bar, lane, x, width: Math.max(LEAST_PX, (bar.endMs - bar.startMs) / scale) };
    const before = last.get(lane);
    const isHidden = before !== undefined && own.width <= LEAST_PX && x < before.x + before.width;
    if (isHidden) continue;
    last.set(lane, own);
    placed.push(own);
  }
  return placed;
}
