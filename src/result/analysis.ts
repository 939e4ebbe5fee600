import type { TraceResult } from './trace-result.ts';

/** What `inpact analyze --json` writes. */
export interface Analysis {
  readonly schemaVersion: 1;
  readonly kind: 'analysis';
  readonly inpactVersion: string;
  readonly traces: readonly TraceResult[];
}
