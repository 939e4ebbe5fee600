import type { Severity, Verdict } from '../../src/index.ts';

/** What a budget's judgement and a comparison have in common for whoever shows them. Its texts are not yet made harmless. */
export interface JudgementView {
  readonly inpactVersion: string;
  readonly subject: string;
  readonly verdict: Verdict;
  /** The verdict in two words. */
  readonly heading: string;
  /** The heads of an entry's cells. */
  readonly columns: readonly string[];
  readonly entries: readonly Entry[];
  /** Where the time went that is new, the most first. */
  readonly changes: readonly string[];
  /** What a reader must know before believing it. */
  readonly notes: readonly string[];
  /** How it was measured, for whoever asks. */
  readonly details: readonly string[];
  /** The figures for a spreadsheet, with a head. */
  readonly sheet: readonly (readonly string[])[];
}

/** One thing that was judged. */
export interface Entry {
  /** What of: variant and step. Empty for a whole trace. */
  readonly place: readonly string[];
  /** What people call it: `INP, median`. */
  readonly label: string;
  /** What programs call it: `inp median`. */
  readonly id: string;
  /** The name of the rule that it breaks: `inp-budget`. */
  readonly rule: string;
  /** What it means to keep it. */
  readonly ruleText: string;
  readonly severity: Severity;
  readonly verdict: Verdict;
  readonly cells: readonly string[];
  readonly sentence: string;
  readonly advice: string | null;
  /** Where the time went that is new in its step, the most first. */
  readonly changes: readonly string[];
  /** The line that took most of what is new. */
  readonly source: SourcePlace | undefined;
}

export interface SourcePlace {
  /** As in a repository: no scheme, no host. */
  readonly path: string;
  readonly line: number;
}

/** What was found, and what to do about it. */
export const messageOf = ({ sentence, advice }: Pick<Entry, 'sentence' | 'advice'>): string =>
  `${sentence}.${advice === null ? '' : ` ${advice}`}`;
