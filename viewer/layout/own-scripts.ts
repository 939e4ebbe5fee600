import { interactionSpan } from '../../src/result/interaction-wait.ts';
import type { FrameScript } from '../../src/result/rendering-result.ts';
import type { Interaction, TraceResult } from '../../src/result/trace-result.ts';
import { overlap, spanOf } from './time-span.ts';

/** The scripts that ran between an input and the last that came of it. */
export function ownScripts(
  interaction: Interaction,
  { animationFrames }: Pick<TraceResult, 'animationFrames'>,
): readonly FrameScript[] {
  const wait = interactionSpan(interaction);
  return animationFrames.longest
    .flatMap(({ scripts }) => scripts)
    .filter((script) => overlap(spanOf(script), wait));
}
