import type { Measure } from '../base/measure.ts';

/** Where the page's main threads spent their time. The self times of all functions and activities add up to `totalMs`. */
export interface CpuProfile {
  /** All time in tasks. */
  readonly totalMs: number;
  readonly sampleCount: number;
  readonly functionCount: number;
  /** At most twenty, the largest self time first. */
  readonly functions: readonly FunctionTime[];
  /** The browser's own work: style, layout, parsing. At most twenty. */
  readonly activities: readonly ActivityTime[];
  readonly urlCount: number;
  /** Scripts by address. At most twenty. */
  readonly urls: readonly UrlTime[];
  /** At most twenty interactions, the slowest first. */
  readonly interactions: readonly InteractionCpu[];
}

export interface Times {
  /** In it, and in nothing that it called. */
  readonly selfMs: number;
  /** In it, or in what it called. */
  readonly totalMs: number;
}

export interface FunctionTime extends Times {
  /** Empty for anonymous functions and for a script's outermost code. */
  readonly functionName: string;
  /** Empty for native functions. */
  readonly url: string;
  /** Where the function begins, counted from 1. */
  readonly line: Measure<'native'>;
  readonly column: Measure<'native'>;
}

export interface ActivityTime extends Times {
  /** Chrome's name of the event. */
  readonly name: string;
}

export interface UrlTime extends Times {
  readonly url: string;
}

/** What the main thread did while an interaction waited. */
export interface InteractionCpu {
  readonly interactionId: number;
  readonly startMs: number;
  readonly inputDelay: PhaseCpu;
  readonly processing: PhaseCpu;
  readonly presentation: PhaseCpu;
}

export interface PhaseCpu {
  /** How long the main thread did anything at all. */
  readonly busyMs: number;
  /** At most five, the largest self time first. */
  readonly functions: readonly FunctionTime[];
  readonly activities: readonly ActivityTime[];
}
