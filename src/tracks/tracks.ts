import type { Category } from './category.ts';

/**
 * A whole trace as it is drawn: what each thread did, and beside it what has no thread. Milliseconds from the trace's
 * first event, with microseconds kept as decimals, as in the result.
 */
export interface Tracks {
  readonly spanMs: number;
  /** What spans are called, the most frequent first. */
  readonly labels: readonly Label[];
  /** The page's main threads first, then by how much they did. */
  readonly threads: readonly ThreadTrack[];
  readonly userTimings: readonly UserTimingMark[];
  readonly animationFrames: readonly AnimationFrameMark[];
  readonly forcedReflows: readonly ForcedReflowMark[];
  /** Null where the server kept no trace on the same clock. */
  readonly server: ServerTrack | null;
  /** Spans that were left out for want of room. Null where none was. */
  readonly leftOut: LeftOut | null;
}

export interface LeftOut {
  readonly count: number;
  /** All of them were shorter than this. */
  readonly shorterThanMs: number;
}

/** What a span is: an event of Chrome's, or a function that the CPU's profile saw. */
export interface Label {
  readonly name: string;
  readonly category: Category;
  /** Of the script, redacted. Empty where there is none. */
  readonly url: string;
  /** Counted from 1, 0 where unknown. */
  readonly line: number;
  readonly isFunction: boolean;
}

/** `page`: a main thread that the page under test ran on. `main`: another renderer's. */
export type ThreadRole = 'page' | 'main' | 'worker' | 'compositor' | 'other';

export interface ThreadTrack {
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly processName: string;
  readonly role: ThreadRole;
  readonly spans: SpanColumns;
}

/** Spans in order of time, outer ones before those inside them. All columns have the same length. */
export interface SpanColumns {
  readonly startMs: Float64Array;
  /** Wall time. */
  readonly durationMs: Float64Array;
  /** Time on the processor: -1 where it was not recorded, or the span is shorter than a millisecond. */
  readonly cpuMs: Float64Array;
  /** How many spans are around it. */
  readonly depth: Uint16Array;
  /** Which of the labels. */
  readonly label: Uint32Array;
}

/** Chrome writes processor time with every event. Of a shorter span it is not worth its place. */
export const LEAST_WITH_CPU_MS = 1;

export interface UserTimingMark {
  readonly name: string;
  readonly startMs: number;
  /** 0 for a mark. */
  readonly durationMs: number;
}

/** An animation frame of the page. https://www.w3.org/TR/long-animation-frames/ */
export interface AnimationFrameMark {
  readonly startMs: number;
  readonly durationMs: number;
  /** Null where it rendered nothing. */
  readonly renderStartMs: number | null;
  /** When it was on the screen. Null where the trace does not say. */
  readonly presentedMs: number | null;
}

export interface ForcedReflowMark {
  readonly kind: 'style' | 'layout';
  readonly startMs: number;
  readonly durationMs: number;
  readonly pid: number;
  readonly tid: number;
  /** The line that asked for it. Empty where it was not recorded. */
  readonly by: string;
}

/** What the server said of itself. */
export interface ServerTrack {
  readonly requests: readonly ServerMark[];
  readonly blocks: readonly ServerMark[];
  readonly queries: readonly ServerMark[];
  readonly waits: readonly ServerMark[];
  readonly spans: readonly ServerMark[];
}

export interface ServerMark {
  readonly name: string;
  /** What held the loop, the kind of a span, the innermost line of the code that asked. Empty where unknown. */
  readonly detail: string;
  readonly startMs: number;
  readonly durationMs: number;
  /** A query for which the event loop stood still. */
  readonly onLoop: boolean;
}
