export type StepEdge = 'begin' | 'end';

export interface StepMarker {
  /** The step's place in the scenario. */
  readonly index: number;
  /** How often the step had run before within its load. */
  readonly repetition: number;
  readonly edge: StepEdge;
}

/**
 * The name under which the capture marks a step's edge on the trace's clock (`Tracing.recordClockSyncMarker`). The page
 * can neither see nor forge it, as it could a `performance.mark`.
 */
export const stepMarker = ({ index, repetition, edge }: StepMarker): string =>
  // Where a step runs once, nothing is to be told apart.
  `inpact:step:${String(index)}${repetition === 0 ? '' : `.${String(repetition)}`}:${edge}`;

/** Reads such a name back. Undefined if it is none. */
export function parseStepMarker(name: string): StepMarker | undefined {
  const [, index, repetition, edge] = /^inpact:step:(\d{1,6})(?:\.(\d{1,6}))?:(begin|end)$/.exec(name) ?? [];
  if (index === undefined) return undefined;
  return {
    index: Number(index),
    repetition: Number(repetition ?? 0),
    edge: edge === 'begin' ? 'begin' : 'end',
  };
}
