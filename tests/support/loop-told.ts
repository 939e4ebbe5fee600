import type { Interaction, TraceResult } from '../../src/result/trace-result.ts';

/**
 * For how long the responses themselves say that the loop was blocked before their requests began, ms. Of a block that ended 10 ms before
 * the loop came to a request the agent tells it nothing, and such a block is there whenever the machine is busy.
 */
export function loopTold({ requests }: TraceResult, interaction: Interaction | undefined): number {
  const asked = new Set((interaction?.chain.segments ?? []).map(({ request }) => request));
  return requests
    .filter((_, index) => asked.has(index))
    .flatMap(({ serverTiming }) => serverTiming.filter(({ name }) => name === 'loop'))
    .reduce((sum, { durationMs }) => sum + durationMs, 0);
}
