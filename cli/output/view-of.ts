import type { Comparison, FindingRow, Judgement } from '../../src/index.ts';
import { budgetView } from './budget-view.ts';
import { comparisonView } from './comparison-view.ts';
import type { JudgementView } from './judgement-view.ts';

/** @param findings Of the session that a budget was held against. */
export const viewOf = (judged: Judgement | Comparison, findings?: readonly FindingRow[]): JudgementView =>
  judged.kind === 'judgement' ? budgetView(judged, findings) : comparisonView(judged);
