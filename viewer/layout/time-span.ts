/** A stretch of time, in milliseconds of the clock that is drawn. */
export interface TimeSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/** Nobody needs to see less than this, and floating point would begin to show. */
const NARROWEST_MS = 0.02;

export const spanOf = ({
  startMs,
  durationMs,
}: {
  readonly startMs: number;
  readonly durationMs: number;
}): TimeSpan => ({
  startMs,
  endMs: startMs + durationMs,
});

export const lengthOf = ({ startMs, endMs }: TimeSpan): number => endMs - startMs;

export const overlap = (a: TimeSpan, b: TimeSpan): boolean => a.startMs < b.endMs && b.startMs < a.endMs;

/** The shortest stretch that covers all of `spans`, or 0–100 ms where there are none. */
export function union(spans: readonly TimeSpan[]): TimeSpan {
  if (spans.length === 0) return { startMs: 0, endMs: 100 };
  return {
    startMs: Math.min(...spans.map(({ startMs }) => startMs)),
    endMs: Math.max(...spans.map(({ endMs }) => endMs)),
  };
}

/** Makes `span` longer (`factor` > 1) or shorter, so that `aroundMs` stays where it is on the screen. */
export function zoomed(span: TimeSpan, factor: number, aroundMs: number): TimeSpan {
  return {
    startMs: aroundMs - (aroundMs - span.startMs) * factor,
    endMs: aroundMs + (span.endMs - aroundMs) * factor,
  };
}

export const panned = (span: TimeSpan, byMs: number): TimeSpan => ({
  startMs: span.startMs + byMs,
  endMs: span.endMs + byMs,
});

export const middleOf = ({ startMs, endMs }: TimeSpan): number => (startMs + endMs) / 2;

/** Moves, then cuts `span` so that it lies within `limits`. */
export function confined(span: TimeSpan, limits: TimeSpan): TimeSpan {
  const length = Math.min(Math.max(lengthOf(span), NARROWEST_MS), lengthOf(limits));
  const startMs = Math.min(Math.max(span.startMs, limits.startMs), limits.endMs - length);
  return { startMs, endMs: startMs + length };
}

/** In the view, and not so small in it that one would not see it. */
export const isWellInSight = (span: TimeSpan, shown: TimeSpan): boolean =>
  span.startMs >= shown.startMs && span.endMs <= shown.endMs && lengthOf(span) / lengthOf(shown) > 0.005;
