import type { InsightId } from './findings-result.ts';

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
