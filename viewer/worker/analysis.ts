import type { TraceResult } from '../../src/result/trace-result.ts';
import type { Tracks } from '../../src/tracks/tracks.ts';

/** What the page asks of the worker. Files travel by reference: nothing is read before the worker does. */
export interface AnalysisRequest {
  readonly trace: File;
  /** What the server kept of itself, where it was given too. */
  readonly server: File | undefined;
}

/** What the worker says, as often as there is something to say. */
export type AnalysisNews =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly trace: TraceResult; readonly tracks: Tracks }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string };
