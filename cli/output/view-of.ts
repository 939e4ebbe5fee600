import type { Comparison, Judgement } from '../../src/index.ts';
import { budgetView } from './budget-view.ts';
import { comparisonView } from './comparison-view.ts';
import type { JudgementView } from './judgement-view.ts';

export const viewOf = (judged: Judgement | Comparison): JudgementView =>
  judged.kind === 'judgement' ? budgetView(judged) : comparisonView(judged);
