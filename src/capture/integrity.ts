import { isUnavailable } from '../base/measure.ts';
import type { Integrity, LoadProblem, StepResult } from '../result/session.ts';
import type { TraceResult } from '../result/trace-result.ts';
import type { Scenario } from './scenario.ts';

/** From this share on Chrome may have dropped events without saying so. */
const FULL_BUFFER = 0.98;

export interface LoadEvidence {
  readonly scenario: Scenario;
  /** How often each step should have run. */
  readonly repetitions: number;
  readonly integrity: Integrity;
  readonly trace: TraceResult;
  readonly steps: readonly StepResult[];
}

/** What makes a recorded load unfit to be judged. A trace that lost data must never pass for a measurement. */
export function findProblems(evidence: LoadEvidence): readonly LoadProblem[] {
  const { scenario, integrity, trace } = evidence;
  return [
    ...traceProblems(integrity, trace),
    ...scenario.steps.flatMap((step) => stepProblems(step, evidence)),
  ];
}

function traceProblems(
  { dataLossOccurred, bufferUsage, pageVisible }: Integrity,
  { partial, mainThread }: TraceResult,
): readonly LoadProblem[] {
  const problems: LoadProblem[] = [];
  if (dataLossOccurred === true)
    problems.push({ code: 'data-loss', message: 'Chrome says that it lost trace data.' });
  if (typeof bufferUsage === 'number' && bufferUsage >= FULL_BUFFER) {
    problems.push({ code: 'buffer-full', message: "Chrome's trace buffer was full." });
  }
  if (pageVisible === false) problems.push({ code: 'page-hidden', message: 'The page was not visible.' });
  if (partial !== false) {
    const message = `The trace ends early, at byte ${String(partial.atByte)}.`;
    problems.push({ code: 'partial-trace', message });
  }
  if (isUnavailable(mainThread)) {
    problems.push({ code: 'no-main-thread', message: "The trace names no renderer's main thread." });
  }
  return problems;
}

function stepProblems(
  { name, expects }: Scenario['steps'][number],
  { steps, repetitions }: LoadEvidence,
): readonly LoadProblem[] {
  const results = steps.filter(({ step }) => step === name);
  if (results.length < repetitions) {
    return [
      { code: 'missing-step-marker', message: `The trace does not show where the step “${name}” ran.` },
    ];
  }
  if (expects === 'nothing' || !results.some(({ interaction }) => isUnavailable(interaction))) return [];
  return [{ code: 'missing-interaction', message: `The step “${name}” produced no interaction.` }];
}
