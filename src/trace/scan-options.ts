/** The fast path where there is one, or the plain one alone: it finds the same, and is the measure of what is right. */
export type ScanPath = 'fast' | 'plain';

export interface ScanOptions {
  readonly maxValueBytes?: number | undefined;
  readonly path?: ScanPath | undefined;
  /** Whether events of other names are handed on too. */
  readonly withOthers?: boolean | undefined;
}

/** An event or a metadata value larger than this is skipped, so that no input can make the buffer grow without bound. */
export const MAX_VALUE_BYTES: number = 64 * 2 ** 20;
