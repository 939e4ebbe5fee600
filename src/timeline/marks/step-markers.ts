import { parseStepMarker } from '../../base/step-marker.ts';
import type { TraceTime } from '../../base/units.ts';
import { stringIn } from '../../trace/json.ts';
import type { Handler } from '../handler.ts';

/** The stretch of a trace in which a step of the scenario ran. */
export interface StepWindow {
  readonly index: number;
  /** Counted from 0. */
  readonly repetition: number;
  readonly start: TraceTime;
  readonly end: TraceTime;
}

/** Steps of which both edges were recorded, in order, and each step's repetitions in order. */
export function stepMarkers(): Handler<readonly StepWindow[]> {
  const begins = new Map<string, Omit<StepWindow, 'end'>>();
  const ends = new Map<string, TraceTime>();
  return {
    watches: ['clock_sync'],
    handle(row) {
      const marker = parseStepMarker(stringIn(row.args(), 'sync_id') ?? '');
      if (marker === undefined) return;
      const { index, repetition, edge } = marker;
      const key = `${String(index)}.${String(repetition)}`;
      if (edge === 'begin') begins.set(key, { index, repetition, start: row.ts });
      else ends.set(key, row.ts);
    },
    finish: () =>
      [...begins]
        .flatMap(([key, begin]) => {
          const end = ends.get(key);
          return end === undefined ? [] : { ...begin, end };
        })
        .toSorted((a, b) => a.index - b.index || a.repetition - b.repetition),
  };
}
