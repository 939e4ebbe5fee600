import type { ScaleLinear } from 'd3-scale';
import type { Interaction } from '../../src/result/trace-result.ts';

/** As DevTools draws it: a bar for the handlers, a whisker on each side for the delays. */
export interface InteractionBox {
  readonly startX: number;
  readonly barX: number;
  readonly barWidth: number;
  readonly endX: number;
}

export function interactionBox(interaction: Interaction, x: ScaleLinear<number, number>): InteractionBox {
  const { startMs, inputDelayMs, processingDurationMs, durationMs } = interaction;
  const barX = x(startMs + inputDelayMs);
  return {
    startX: x(startMs),
    barX,
    barWidth: Math.max(2, x(startMs + inputDelayMs + processingDurationMs) - barX),
    endX: x(startMs + durationMs),
  };
}
