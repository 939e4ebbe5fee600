import type { TraceTime } from '../base/units.ts';
import { stringIn } from '../trace/json.ts';
import type { Handler } from './handler.ts';

/** The stretch of a trace in which a step of the scenario ran. */
export interface StepWindow {
  readonly index: number;
  readonly start: TraceTime;
  readonly end: TraceTime;
}

export type StepEdge = 'begin' | 'end';

/**
 * The name under which the capture marks a step's edge on the trace's clock (`Tracing.recordClockSyncMarker`). The page
 * can neither see nor forge it, as it could a `performance.mark`.
 */
export const stepMarker = (index: number, edge: StepEdge): string => `inpact:step:${String(index)}:${edge}`;

const MARKER = /^inpact:step:(\d+):(begin|end)$/;

/** Steps of which both edges were recorded, in order. */
export function stepMarkers(): Handler<readonly StepWindow[]> {
  const begins = new Map<number, TraceTime>();
  const ends = new Map<number, TraceTime>();
  return {
    watches: ['clock_sync'],
    handle(row) {
      const [, index, edge] = MARKER.exec(stringIn(row.args(), 'sync_id') ?? '') ?? [];
      if (index !== undefined) (edge === 'begin' ? begins : ends).set(Number(index), row.ts);
    },
    finish: () =>
      [...begins]
        .flatMap(([index, start]) => {
          const end = ends.get(index);
          return end === undefined ? [] : { index, start, end };
        })
        .toSorted((a, b) => a.index - b.index),
  };
}
