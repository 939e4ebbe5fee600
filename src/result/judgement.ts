import type { Measure } from '../base/measure.ts';
import type { MetricName } from './session-summary.ts';

/** What a command decided, and by what: all outputs of `check` and `compare` are made from it. */
export interface Judgement {
  readonly schemaVersion: 1;
  readonly kind: 'judgement';
  readonly inpactVersion: string;
  readonly command: 'check' | 'compare';
  /** What was judged: a session's scenario, or a trace's file. */
  readonly subject: string;
  /** `fail` where a metric of severity `error` fails; `inconclusive` where one of these is, and none fails. */
  readonly verdict: Verdict;
  readonly metrics: readonly JudgedMetric[];
  /** What a reader must know before believing it. */
  readonly notes: readonly string[];
}

export type Verdict = 'pass' | 'fail' | 'inconclusive';

/** A failing `warn` is shown, and changes no verdict. */
export type Severity = 'error' | 'warn';

/** A session's report is one file, whose size may be limited as well. */
export type JudgedName = MetricName | 'reportSizeKb';

/** What is judged of the runs. `value`: there is one run, and it is judged by itself. */
export type Statistic = 'median' | 'p75' | 'p98' | 'value';

/** One metric of one step, judged. */
export interface JudgedMetric {
  /** Null where a trace without steps was judged. */
  readonly step: string | null;
  readonly variant: string | null;
  readonly metric: JudgedName;
  readonly statistic: Statistic;
  readonly severity: Severity;
  readonly verdict: Verdict;
  /** In the metric's unit: milliseconds, a count, or thousands of bytes. */
  readonly limit: number;
  readonly value: Measure;
  /** Each run's value, in the order in which they were planned. */
  readonly values: readonly number[];
  /** How many of them the verdict needed. */
  readonly runs: number;
  /** How many of those were over the limit. */
  readonly over: number;
  /** One sentence with the figures in it. */
  readonly sentence: string;
  /** What would make it conclusive. Null where it is. */
  readonly advice: string | null;
}
