import type { DropReason } from './event-reader.ts';

/** What a scan found, apart from what the handlers kept. */
export interface Scan {
  /** Events that were understood. */
  readonly read: number;
  readonly dropped: Readonly<Record<DropReason, number>>;
  /** Null when the trace ended as it should. */
  readonly cut: ScanCut | null;
  /** Smallest timestamp of the events that have one of their own, µs. `NaN` where there is none. */
  readonly firstTs: number;
  /** Largest, durations left aside. */
  readonly lastTs: number;
  /** The trace's `metadata` object, or undefined. */
  readonly metadata: unknown;
}

export interface ScanCut {
  readonly reason: 'cut-short' | 'corrupt-compression' | 'malformed';
  /** Offset just after the last byte that was understood. */
  readonly atByte: number;
}
