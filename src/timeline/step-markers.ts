import { parseStepMarker } from '../base/step-marker.ts';
import type { TraceTime } from '../base/units.ts';
import { stringIn } from '../trace/json.ts';
import type { Handler } from './handler.ts';

/** The stretch of a trace in which a step of the scenario ran. */
export interface StepWindow {
  readonly index: number;
  readonly start: TraceTime;
  readonly end: TraceTime;
}

/** Steps of which both edges were recorded, in order. */
export function stepMarkers(): Handler<readonly StepWindow[]> {
  const begins = new Map<number, TraceTime>();
  const ends = new Map<number, TraceTime>();
  return {
    watches: ['clock_sync'],
    handle(row) {
      const marker = parseStepMarker(stringIn(row.args(), 'sync_id') ?? '');
      if (marker !== undefined) (marker.edge === 'begin' ? begins : ends).set(marker.index, row.ts);
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
