import { isUnavailable } from '../../src/base/measure.ts';
import type { Interaction, TraceResult } from '../../src/result/trace-result.ts';
import type { TimeSpan } from './time-span.ts';

/** From the input to the last that came of it. */
export function interactionSpan({ startMs, durationMs, icpStartMs, icpMs }: Interaction): TimeSpan {
  const result = isUnavailable(icpStartMs) || isUnavailable(icpMs) ? startMs : icpStartMs + icpMs;
  return { startMs, endMs: Math.max(startMs + durationMs, result) };
}

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
    const { startMs, endMs } = interactionSpan(interaction);
    if (endMs - startMs <= longestMs) continue;
    longestMs = endMs - startMs;
    slowest = index;
  }
  return slowest;
}
