import type { Measure, Unavailable } from '../base/measure.ts';
import type { CrossCheck } from './cross-check.ts';
import type { InsightFinding, InsightId, InsightOutcome } from './findings-result.ts';
import type { Stage } from './pipeline-result.ts';
import type { LoadProblem } from './load-problems.ts';
import type { BrowserSettings } from './browser-settings.ts';
import type { Interaction, LongTasks, NetworkRequest, TraceResult } from './trace-result.ts';

/** One recording session: every load, what its steps measured, and what that adds up to. The content of `session.json`. */
export interface Session {
  readonly schemaVersion: 1;
  readonly kind: 'session';
  readonly inpactVersion: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly environment: Environment;
  readonly plan: Plan;
  readonly scenario: ScenarioSummary;
  readonly variants: readonly Variant[];
  readonly loads: readonly Load[];
  /** One row per step and variant, over the valid loads that are no warm-up. */
  readonly summary: readonly SummaryRow[];
  /** How each step's time divides over script, data and rendering, by variant. */
  readonly pipelines: readonly PipelineRow[];
  /** What made users wait, by step and variant: what recurs first, and of that whatever explains most. */
  readonly findings: readonly FindingRow[];
  /** The claims that the session set out to test. Empty where it compares nothing. */
  readonly claims: readonly Claim[];
  readonly answer: Answer;
  /** What the pages themselves saw, where that was asked for. */
  readonly crossCheck?: readonly CrossCheck[];
}

export interface Environment {
  readonly chrome: string;
  readonly chromeFlags: readonly string[];
  readonly categories: readonly string[];
  readonly viewport: { readonly width: number; readonly height: number };
  readonly node: string;
  readonly platform: string;
  readonly cpuModel: string;
  readonly cpuCount: number;
  /** What was asked of the browser. */
  readonly browser: BrowserSettings;
}

export interface Plan {
  /** Loads per variant, warm-up apart. */
  readonly runs: number;
  readonly warmUps: number;
  /** How often each step ran within a load. A load's value is the median over them. */
  readonly repetitions: number;
  /** What the random order inside each round of variants was drawn from. */
  readonly seed: number;
  /** Absent where the session has the whole plan. */
  readonly shard?: Shard;
}

/** One machine's part of a plan: every so manieth round, so that the loads of a round stay on one machine. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

export interface ScenarioSummary {
  readonly name: string;
  readonly steps: readonly StepSummary[];
}

export interface StepSummary {
  readonly name: string;
  /** For people: what the user does, and under which circumstances. */
  readonly description: string;
  readonly expects: StepExpectation;
  /** Also expected: a request to an address in which this occurs, `*` standing for anything. */
  readonly request?: string;
}

/** What a step must produce to count as done; `paint` is an interaction whose result Chrome saw painted. */
export type StepExpectation = 'interaction' | 'paint' | 'nothing';

export interface Variant {
  readonly name: string;
  readonly description: string;
  readonly url: string;
}

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
  readonly serverLoop: ServerLoop | Unavailable<'no-server-trace' | 'no-common-clock'>;
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

/** The metrics that a session sums up, each in milliseconds but the count. */
export type MetricName =
  | 'inpMs'
  | 'icpMs'
  | 'inputDelayMs'
  | 'processingDurationMs'
  | 'presentationDelayMs'
  | 'longTaskCount'
  | 'longestTaskMs'
  | 'longestTaskCpuMs'
  | 'totalBlockingTimeMs'
  | 'interactionCpuMs'
  | 'loopBlockedMs'
  | 'serverWaitMs';

export interface SummaryRow {
  readonly variant: string;
  readonly step: string;
  readonly metrics: Readonly<Record<MetricName, MetricSummary | Unavailable>>;
}

export interface MetricSummary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** How many loads gave a value. */
  readonly runs: number;
  /** Each load's value, in the order of the rounds. */
  readonly values: readonly number[];
}

/** One step as one variant showed it: medians over the loads that count. */
export interface PipelineRow {
  readonly variant: string;
  readonly step: string;
  /** Loads with an interaction in the step. */
  readonly runs: number;
  readonly stages: Readonly<Record<Stage, StageSummary>>;
  /** Whose median wall time is the largest. */
  readonly bottleneck: Stage | Unavailable;
  readonly domModifications: MetricSummary | Unavailable;
  readonly layoutCount: MetricSummary | Unavailable;
  readonly forcedReflowCount: MetricSummary | Unavailable;
  readonly forcedReflowMs: MetricSummary | Unavailable;
  readonly styleAndLayoutMs: MetricSummary | Unavailable;
  /** Pre-paint, paint, and the main thread's part of compositing. */
  readonly paintMs: MetricSummary | Unavailable;
}

export interface StageSummary {
  readonly wallMs: MetricSummary | Unavailable;
  readonly cpuMs: MetricSummary | Unavailable;
}

/** One insight in one step of one variant. */
export interface FindingRow {
  readonly variant: string;
  readonly step: string;
  readonly id: InsightId;
  /** Loads in which it was found, and loads with an interaction in the step. */
  readonly runs: number;
  readonly ofRuns: number;
  /** In more than half of them: what was there once may be an accident. */
  readonly recurs: boolean;
  /** How much it explains of the step's interaction, over the loads in which it was found. */
  readonly explainsMs: MetricSummary;
  /** From the load whose figure is nearest to the median. */
  readonly example: InsightFinding;
  /** The id of that load. */
  readonly exampleLoad: string;
}

export interface Claim {
  readonly id: string;
  /** As the team states it. */
  readonly text: string;
  /** `partly`: confirmed in some steps and refuted in others. */
  readonly verdict: ClaimVerdict | 'partly';
  readonly findings: readonly ClaimFinding[];
}

export type ClaimVerdict = 'confirmed' | 'refuted' | 'inconclusive';

/** How the claim fared in one step. */
export interface ClaimFinding {
  readonly step: string;
  readonly metric: MetricName;
  readonly verdict: ClaimVerdict;
  /** By how much the first variant's value exceeds the second's, in milliseconds. */
  readonly shift: Shift | Unavailable;
  /** One sentence with the figures in it. */
  readonly sentence: string;
}

/** A shift between pairs: the Hodges–Lehmann estimate with its exact signed-rank interval. */
export interface Shift {
  readonly estimateMs: number;
  readonly lowMs: number;
  readonly highMs: number;
  /** The interval's exact confidence, 0 to 1. */
  readonly confidence: number;
  readonly pairs: number;
}

/** The session in words. */
export interface Answer {
  readonly question: string;
  /** Two or three sentences. */
  readonly sentences: readonly string[];
  /** What to do about it: at most three, what explains most first. Empty where nothing recurs. */
  readonly next: readonly NextStep[];
}

/** One thing to do, for what recurs in the loads. */
export interface NextStep {
  readonly id: InsightId;
  /** What was found, where, how often, and the advice. */
  readonly sentence: string;
  /** The finding's page. */
  readonly docs: string;
}
