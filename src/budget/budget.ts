import type { Severity } from '../result/judgement.ts';
import type { MetricName } from '../result/session-summary.ts';

/** What may be taken of the runs. A high quantile needs many of them: see `fewestRuns`. */
export type BudgetQuantile = 'median' | 'p75' | 'p98';

/** One upper limit. */
export interface Limit {
  readonly metric: MetricName;
  /** Undefined for every step, each by itself. */
  readonly step: string | undefined;
  /** Undefined for every variant. */
  readonly variant: string | undefined;
  /** Milliseconds, or a count. A run that equals it is within it. */
  readonly max: number;
  readonly quantile: BudgetQuantile;
  readonly severity: Severity;
}

/** How large a session's report may be. */
export interface SizeLimit {
  readonly maxKb: number;
  readonly severity: Severity;
}

export interface Budget {
  readonly limits: readonly Limit[];
  readonly reportSize?: SizeLimit | undefined;
}
