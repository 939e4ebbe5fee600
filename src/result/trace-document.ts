import type { TraceResult } from './trace-result.ts';

/** What a report of one trace holds beside its timeline. */
export interface TraceDocument {
  readonly schemaVersion: 1;
  readonly kind: 'trace';
  readonly inpactVersion: string;
  readonly trace: TraceResult;
}
