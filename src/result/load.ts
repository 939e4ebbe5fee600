import type { Measure, Unavailable } from '../base/measure.ts';
import type { InsightFinding, InsightOutcome } from './findings-result.ts';
import type { LoadProblem } from './load-problems.ts';
import type { Interaction, LongTasks, NetworkRequest, TraceResult } from './trace-result.ts';

/** One page load in a fresh browser context, traced, with the scenario's steps in it. */
export interface Load {
  readonly id: string;
  readonly variant: string;
  /** Loads of one round were recorded back to back in random order, and are compared with each other. */
  readonly round: number;
  readonly warmUp: boolean;
  readonly startedAt: string;
  /** `invalid`: recorded, but not to be trusted. `failed`: there is no trace. */
  readonly status: 'valid' | 'invalid' | 'failed';
  readonly problems: readonly LoadProblem[];
  readonly integrity: Integrity;
  /** File name beside `session.json`. Null where nothing was recorded. */
  readonly traceFile: string | null;
  readonly serverTraceFile: string | null;
  /** Null where nothing was recorded. Its `interactions`, `requests` and long tasks cover the whole load. */
  readonly trace: TraceResult | null;
  readonly steps: readonly StepResult[];
}

export interface Integrity {
  readonly dataLossOccurred: boolean | Unavailable;
  /** Highest share of Chrome's trace buffer in use, 0 to 1. */
  readonly bufferUsage: Measure;
  readonly pageVisible: boolean | Unavailable;
  /** The host's processors' busy share during the load, 0 to 1: everything on the machine, this capture included. */
  readonly hostBusy: Measure;
  /** The share that the hypervisor gave to other machines, 0 to 1. Linux only. */
  readonly hostSteal: Measure;
  /**
   * How much of their time the main thread's tasks had a processor: the median over those of 1 ms and more, so that the few
   * which rightly wait, for a lock or a synchronous request, do not show. Far below 1 the page was held up by the machine.
   */
  readonly tasksOnCpu: Measure;
  /** By how much the machine's wall clock ran away from its monotonic clock during the load, in milliseconds. */
  readonly clockDriftMs: Measure;
  /** Dialogs that the page opened and that were dismissed. */
  readonly dialogs: number;
  /** Windows that the page opened and that were closed. */
  readonly popups: number;
  /** Downloads that the page began and that were refused. */
  readonly downloads: number;
}

/** What one step of one load measured. Times count from the trace's first event, as in `TraceResult`. */
export interface StepResult {
  readonly step: string;
  /** How often the step had run before within this load. */
  readonly repetition: number;
  readonly startMs: number;
  readonly endMs: number;
  /** The step's slowest interaction. Its parts are its INP breakdown. */
  readonly interaction: Interaction | Unavailable<'no-interactions'>;
  /** Long tasks that began within the step. */
  readonly longTasks: LongTasks;
  readonly requests: readonly NetworkRequest[];
  /** Blocks of the server's event loop, where the server kept a trace on the same clock. */
  readonly serverLoop: ServerLoop | Unavailable<'no-server-trace' | 'no-common-clock' | 'no-event-loop'>;
  /** What made the user wait in the step, whatever explains most first: of all its interactions. */
  readonly findings: readonly InsightFinding[];
  /** What became of each insight in the step. */
  readonly insights: readonly InsightOutcome[];
  /** Main-thread tasks of the step, outermost only, as columns of equal length. */
  readonly tasks: TaskColumns;
}

export interface ServerLoop {
  /** How long the server's loop was blocked between the step's first request and its response. */
  readonly blockedDuringRequestMs: Measure<'no-request'>;
  readonly blocks: readonly LoopBlock[];
}

export interface LoopBlock {
  readonly startMs: number;
  readonly durationMs: number;
  /** What held the loop, as the server names it. */
  readonly name: string;
  /** For how long of it the loop's thread had a processor. */
  readonly cpuMs: Measure<'not-recorded'>;
  /** Nothing held it: it could not run, for want of a processor or, in Python, of the interpreter's lock. */
  readonly starved: boolean;
}

export interface TaskColumns {
  readonly startMs: readonly number[];
  readonly durationMs: readonly number[];
  /** -1 where Chrome recorded no processor time. */
  readonly cpuMs: readonly number[];
}
