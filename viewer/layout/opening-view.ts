import { waitedMs } from '../../src/result/interaction-wait.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';
import type { TimeSpan } from './time-span.ts';

/** With air on both sides, so that what led to it and what followed is in sight. */
export function withAir({ startMs, endMs }: TimeSpan): TimeSpan {
  const air = Math.max(1, (endMs - startMs) * 0.15);
  return { startMs: startMs - air, endMs: endMs + air };
}

/** The interaction whose user waited longest, or undefined. */
export function slowestInteraction({ interactions }: TraceResult): number | undefined {
  let slowest: number | undefined;
  let longestMs = -1;
  for (const [index, interaction] of interactions.entries()) {
    const own = waitedMs(interaction);
    if (own <= longestMs) continue;
    longestMs = own;
    slowest = index;
  }
  return slowest;
}
