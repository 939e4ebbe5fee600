import type { ScaleLinear } from 'd3-scale';
import type { RequestSpan } from './step-timeline.ts';

export interface RequestBox {
  readonly span: RequestSpan;
  readonly lane: number;
  readonly x: number;
  readonly width: number;
  /** How much of the width is the wait for the headers. */
  readonly waitWidth: number;
  /** Where the main thread got to the response, if that is later than the bar's end. */
  readonly handledX: number | undefined;
}

/** More than this makes a chart that nobody reads; the table under it lists them all. */
const MOST_LANES = 8;

/** How many lanes it takes so that no two requests overlap. */
export const requestLanes = (spans: readonly RequestSpan[]): number => Math.max(0, ...lanesOf(spans)) + 1;

/** Each request in the first lane that is free when it starts. */
export function requestBoxes(
  spans: readonly RequestSpan[],
  x: ScaleLinear<number, number>,
): readonly RequestBox[] {
  const lanes = lanesOf(spans);
  return spans.map((span, index) => ({
    span,
    lane: lanes[index] ?? 0,
    x: x(span.startMs),
    width: Math.max(2, x(span.endMs) - x(span.startMs)),
    waitWidth: x(span.responseMs) - x(span.startMs),
    handledX: span.handledMs !== undefined && span.handledMs > span.endMs ? x(span.handledMs) : undefined,
  }));
}

function lanesOf(spans: readonly RequestSpan[]): readonly number[] {
  const freeFromMs: number[] = [];
  return spans.map((span) => {
    const free = freeFromMs.findIndex((fromMs) => fromMs <= span.startMs);
    const lane = free === -1 ? Math.min(freeFromMs.length, MOST_LANES - 1) : free;
    freeFromMs[lane] = Math.max(span.endMs, freeFromMs[lane] ?? 0);
    return lane;
  });
}
