/** A run's value on a strip. */
export interface Dot {
  readonly value: number;
  /** Along the strip, 0 to 1. */
  readonly share: number;
  /** Steps off the centre line, so that equal values do not hide each other: 0, 1, -1, 2, … */
  readonly level: number;
}

/** Dots nearer than this share of the strip would touch. */
const TOUCHING = 0.022;

/** Places each value along a strip from 0 to `max`, and moves those that would touch off the centre line. */
export function strip(values: readonly number[], max: number): readonly Dot[] {
  const placed: Dot[] = [];
  for (const value of values) {
    const share = max === 0 ? 0 : value / max;
    placed.push({ value, share, level: freeLevel(placed, share) });
  }
  return placed;
}

function freeLevel(placed: readonly Dot[], share: number): number {
  const taken = new Set(
    placed.filter((dot) => Math.abs(dot.share - share) < TOUCHING).map(({ level }) => level),
  );
  for (let turn = 0; ; turn += 1) {
    const level = turn % 2 === 1 ? (turn + 1) / 2 : -turn / 2;
    if (!taken.has(level)) return level === 0 ? 0 : level;
  }
}
