import type { Measure } from '../base/measure.ts';

/** What takes a different time inside a step's interaction than it did in the base. */
export interface StepChanges {
  readonly step: string;
  /** The stages first, and in each the largest difference; only such whose interval excludes 0. */
  readonly changes: readonly Change[];
}

/** `stage`: a link of the chain from the input to the result. `function`: its own time. `reflow`: style and layout forced by a line. `request`: from the sending to the last byte. `server`: a stretch of the server's. */
export type ChangeKind = 'stage' | 'function' | 'activity' | 'reflow' | 'request' | 'server';

export interface Change {
  readonly kind: ChangeKind;
  readonly name: string;
  /** Where it stands in a source; empty where it stands in none. */
  readonly url: string;
  /** Counted from 1. */
  readonly line: Measure<'not-recorded'>;
  /** `new`: in no load of the base. `gone`: in none of the other. */
  readonly presence: 'new' | 'gone' | 'both';
  /** Mean over the loads, milliseconds. */
  readonly baseMs: number;
  readonly changedMs: number;
  /** Changed less base, with its bootstrap interval over loads. */
  readonly differenceMs: number;
  readonly lowMs: number;
  readonly highMs: number;
}
