import type { Answer } from './answer.ts';
import type { BrowserSettings } from './browser-settings.ts';
import type { Claim } from './claim.ts';
import type { CrossCheck } from './cross-check.ts';
import type { Load } from './load.ts';
import type { SummaryRow, PipelineRow, FindingRow } from './session-summary.ts';

/** What a recording leaves behind: all else in a session is concluded from it. */
export interface Recording {
  /** ISO 8601. */
  readonly createdAt: string;
  readonly environment: Environment;
  readonly plan: Plan;
  readonly scenario: ScenarioSummary;
  readonly variants: readonly Variant[];
  readonly loads: readonly Load[];
  /** What the pages themselves saw, where that was asked for. */
  readonly crossCheck?: readonly CrossCheck[];
  /** Where the variants were recorded apart, each by itself: in what these recordings differ. */
  readonly apart?: readonly RecordingAspect[];
}

/** What is alike where two versions were recorded alike. */
export const RECORDING_ASPECTS = ['scenario', 'repetitions', 'Chrome', 'settings', 'machine'] as const;
export type RecordingAspect = (typeof RECORDING_ASPECTS)[number];

/** One recording session: every load, what its steps measured, and what that adds up to. The content of `session.json`. */
export interface Session extends Recording {
  readonly schemaVersion: 1;
  readonly kind: 'session';
  readonly inpactVersion: string;
  /** One row per step and variant, over the valid loads that are no warm-up. */
  readonly summary: readonly SummaryRow[];
  /** How each step's time divides over script, data and rendering, by variant. */
  readonly pipelines: readonly PipelineRow[];
  /** What made users wait, by step and variant: what recurs first, and of that whatever explains most. */
  readonly findings: readonly FindingRow[];
  /** The claims that the session set out to test. Empty where it compares nothing. */
  readonly claims: readonly Claim[];
  readonly answer: Answer;
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
