import { later, micro, type Micro, type TraceTime } from '../base/units.ts';

interface Stretch {
  readonly start: TraceTime;
  readonly duration: Micro;
}

/** How much of the time between two moments at least one of the stretches covers. */
export function covered(stretches: readonly Stretch[], start: TraceTime, end: TraceTime): Micro {
  let sum = 0;
  let reached: number = start;
  for (const stretch of stretches.toSorted((a, b) => a.start - b.start)) {
    const to = Math.min(later(stretch.start, stretch.duration), end);
    sum += Math.max(0, to - Math.max(stretch.start, reached));
    reached = Math.max(reached, to);
  }
  return micro(sum);
}
