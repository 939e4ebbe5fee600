import {
  type FindingRow,
  isUnavailable,
  type JudgedMetric,
  numberText,
  placeWords,
} from '../../src/index.ts';
import type { SourcePlace } from './judgement-view.ts';
import { firstSource } from './source-path.ts';

/** What takes most of the time of which there is too much. */
export interface BudgetCause {
  readonly sentence: string;
  /** A line of the page's. Undefined where it is none. */
  readonly source: SourcePlace | undefined;
}

/**
 * Of what recurs in the step the finding that explains most of the figure. INP ends with the next paint: what comes after it is no
 * cause of it.
 */
export function budgetCause(judged: JudgedMetric, findings: readonly FindingRow[]): BudgetCause | undefined {
  const { step, variant, metric, value } = judged;
  if ((metric !== 'inpMs' && metric !== 'icpMs') || isUnavailable(value)) return undefined;
  const [most] = findings
    .filter((row) => row.recurs && row.step === step && row.variant === variant)
    .filter(({ example }) => metric === 'icpMs' || example.startMs < example.interactionStartMs + value)
    .toSorted((a, b) => b.explainsMs.median - a.explainsMs.median);
  if (most === undefined) return undefined;
  const { example, explainsMs, runs, ofRuns } = most;
  const places = placeWords(example.where).map((place) => `, ${place}`);
  return {
    sentence: `${example.title}${places.join('')}: ${numberText(explainsMs.median)} ms, in ${String(runs)} of ${String(ofRuns)} runs.`,
    source: firstSource(example.where.code),
  };
}
