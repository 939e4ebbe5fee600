import type { Comparison } from './comparison.ts';
import type { Session } from './session.ts';

/** What a report of a comparison holds: what was concluded, and the recording that it rests on. */
export interface ComparedDocument {
  readonly schemaVersion: 1;
  readonly kind: 'compared';
  readonly comparison: Comparison;
  readonly session: Session;
}
