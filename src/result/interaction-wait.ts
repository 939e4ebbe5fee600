import { isUnavailable } from '../base/measure.ts';
import type { Interaction } from './trace-result.ts';

/**
 * How long the user waited: for the next paint or for the result, whichever took longer. How long a button was held between
 * the `pointerdown` that `startMs` may be and the click that ICP counts from is nobody's wait.
 */
export const waitedMs = ({ durationMs, icpMs }: Pick<Interaction, 'durationMs' | 'icpMs'>): number =>
  isUnavailable(icpMs) ? durationMs : Math.max(durationMs, icpMs);

/** From the input to the last that came of it, with how long the button was held. */
export function interactionSpan({
  startMs,
  durationMs,
  icpStartMs,
  icpMs,
}: Pick<Interaction, 'startMs' | 'durationMs' | 'icpStartMs' | 'icpMs'>): {
  readonly startMs: number;
  readonly endMs: number;
} {
  const result = isUnavailable(icpStartMs) || isUnavailable(icpMs) ? startMs : icpStartMs + icpMs;
  return { startMs, endMs: Math.max(startMs + durationMs, result) };
}
