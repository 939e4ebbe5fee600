import type { Measure, Unavailable } from '../base/measure.ts';
import type { CausalEvidence } from '../insights/evidence.ts';
import type { ClockRefusal } from '../insights/server-clock.ts';

/** How a server's times were put on the trace's clock. */
export interface ServerClock {
  /** `shared`: it is one clock. `estimated`: from requests that both sides timed, as NTP does. `refused`: not at all. */
  readonly how: 'shared' | 'estimated' | 'refused';
  /** `proven`: both programs ran on one machine. `inferred`: causality holds, or the offset is an estimate. */
  readonly evidence: 'proven' | 'inferred';
  /** Why it was refused, else null. */
  readonly reason: ClockRefusal | null;
  /** What is added to the server's times, at the trace's start. */
  readonly offsetMs: Measure<'not-known'>;
  /** The most by which a time of the server's may be wrong. */
  readonly errorMs: Measure<'not-known'>;
  /** By how many microseconds the trace's clock gains on the server's in a second. */
  readonly driftPpm: Measure<'not-known'>;
  /** Requests that are known on both sides. */
  readonly pairs: number;
  /** Those of them that could not have been so on this clock. */
  readonly contradicting: number;
}

/** What the server said of itself, on the trace's clock. Lists are in order of time, of at most 1000 each. */
export interface ServerResult {
  /** `node`, `django`. */
  readonly agent: string | Unavailable<'not-recorded'>;
  /** Whether all of the server's trace could be read. */
  readonly complete: boolean;
  /** Older events that the agent let go. */
  readonly droppedEvents: number;
  /** The longest, where there are more. */
  readonly loopBlocks: readonly ServerLoopBlock[];
  /** The longest, where there are more. */
  readonly queries: readonly ServerQuery[];
  readonly requests: readonly ServerRequest[];
  readonly errors: readonly ServerError[];
}

/** Where in the server's code. */
export interface ServerPlace {
  readonly functionName: string;
  readonly url: string;
  /** Counted from 1. */
  readonly line: Measure<'not-recorded'>;
}

/** A stretch in which the server's event loop could serve nobody. */
export interface ServerLoopBlock {
  readonly startMs: number;
  readonly durationMs: number;
  /** What held it: the query, or the function. */
  readonly by: string;
  /** `database`, `javascript`, `python`, `unknown`. */
  readonly kind: string;
  /** For how long of it the loop's thread had a processor. */
  readonly cpuMs: Measure<'not-recorded'>;
  /** Nothing of the loop's own was seen to run, nor did its thread have a processor for half of the time: it could not run. */
  readonly starved: boolean;
  /** Innermost first. */
  readonly stack: readonly ServerPlace[];
}

export interface ServerQuery {
  readonly startMs: number;
  readonly durationMs: number;
  /** With `?` for every literal. */
  readonly sql: string;
  /** Whether the event loop stood still for it. */
  readonly onLoop: boolean;
  readonly stack: readonly ServerPlace[];
}

/** A request as the server saw it. */
export interface ServerRequest {
  readonly method: string;
  readonly route: string;
  /** When the server's loop came to it. */
  readonly startMs: number;
  /** When its headers were written. */
  readonly headersMs: number;
  readonly endMs: number;
  readonly status: Measure<'not-recorded'>;
  /** The index of the page's request in `requests`, or null. */
  readonly request: number | null;
  /** How sure it is that it was that one. Null where it was none. */
  readonly evidence: CausalEvidence | null;
}

/** What a handler threw. */
export interface ServerError {
  readonly startMs: number;
  readonly type: string;
  readonly message: string;
  readonly stack: readonly ServerPlace[];
}
