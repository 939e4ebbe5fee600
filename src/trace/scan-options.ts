import type { Spans } from './spans.ts';

/** The fast path where there is one, or the plain one alone: it finds the same, and is the measure of what is right. */
export type ScanPath = 'fast' | 'plain';

export interface ScanOptions {
  readonly maxValueBytes?: number | undefined;
  readonly path?: ScanPath | undefined;
  /** Whether events of other names are handed on too. */
  readonly withOthers?: boolean | undefined;
  readonly spans?: SpanOptions | undefined;
}

/** What is taken as spans where that is quicker: then it does not come as a row too. */
export interface SpanOptions {
  /** Complete events of the first so many watched names. */
  readonly names: number;
  readonly onSpans: (spans: Spans) => void;
}

/** An event or a metadata value larger than this is skipped, so that no input can make the buffer grow without bound. */
export const MAX_VALUE_BYTES: number = 64 * 2 ** 20;

export const NO_SPANS: SpanOptions = { names: 0, onSpans: () => undefined };
