export type StepEdge = 'begin' | 'end';

/**
 * The name under which the capture marks a step's edge on the trace's clock (`Tracing.recordClockSyncMarker`). The page
 * can neither see nor forge it, as it could a `performance.mark`.
 */
export const stepMarker = (index: number, edge: StepEdge): string => `inpact:step:${String(index)}:${edge}`;

/** Reads such a name back. Undefined if it is none. */
export function parseStepMarker(
  name: string,
): { readonly index: number; readonly edge: StepEdge } | undefined {
  const [, index, edge] = /^inpact:step:(\d{1,6}):(begin|end)$/.exec(name) ?? [];
  if (index === undefined) return undefined;
  return { index: Number(index), edge: edge === 'begin' ? 'begin' : 'end' };
}
