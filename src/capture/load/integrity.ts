import { isUnavailable, type Measure, unavailable } from '../../base/measure.ts';
import { numberText } from '../../base/number-text.ts';
import { median } from '../../base/median.ts';
import type { LoadProblem } from '../../result/load-problems.ts';
import type { Integrity, StepResult } from '../../result/load.ts';
import type { TraceResult } from '../../result/trace-result.ts';
import type { Scenario, Step } from '../scenario/scenario.ts';
import { mayBeTo } from './may-be-to.ts';

/** From this share on Chrome may have dropped events without saying so. */
const FULL_BUFFER = 0.98;
/** How much of the machine must have been the page's for a load to count. */
export type HostCheck = 'strict' | 'default' | 'off';

interface HostLimits {
  readonly mostBusy: number;
  readonly mostSteal: number;
  readonly leastOnCpu: number;
}

/**
 * The default refuses what cannot be a measurement of the page: on two processors that record and analyse as well, half of a
 * task's time is often waited. `strict` is for machines that do nothing else.
 */
const HOST_LIMITS: Readonly<Record<HostCheck, HostLimits>> = {
  strict: { mostBusy: 0.9, mostSteal: 0.05, leastOnCpu: 0.5 },
  default: { mostBusy: 1, mostSteal: 0.25, leastOnCpu: 0.1 },
  off: { mostBusy: 1, mostSteal: 1, leastOnCpu: 0 },
};
/** So few that a single wait would be the median. */
const FEWEST_TASKS = 20;
/** Shorter ones consist of the clock's resolution. */
const SHORTEST_TASK_MS = 1;
const MOST_DRIFT_MS = 1_000;

export interface LoadEvidence {
  readonly scenario: Scenario;
  /** How often each step should have run. */
  readonly repetitions: number;
  readonly hostCheck: HostCheck;
  readonly integrity: Integrity;
  readonly trace: TraceResult;
  readonly steps: readonly StepResult[];
}

/** What makes a recorded load unfit to be judged. A trace that lost data must never pass for a measurement. */
export function findProblems(evidence: LoadEvidence): readonly LoadProblem[] {
  const { scenario, hostCheck, integrity, trace } = evidence;
  return [
    ...traceProblems(integrity, trace),
    ...hostProblems(integrity, HOST_LIMITS[hostCheck]),
    ...scenario.steps.flatMap((step) => stepProblems(step, evidence)),
  ];
}

/** See `Integrity.tasksOnCpu`. */
export function tasksOnCpu(steps: readonly StepResult[]): Measure<'too-few-tasks'> {
  const shares = steps.flatMap(({ tasks }) =>
    tasks.durationMs.flatMap((wall, index) => {
      const cpu = tasks.cpuMs[index] ?? -1;
      return wall < SHORTEST_TASK_MS || cpu < 0 ? [] : [cpu / wall];
    }),
  );
  return shares.length < FEWEST_TASKS ? unavailable('too-few-tasks') : median(shares);
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

function hostProblems(
  { hostBusy, hostSteal, tasksOnCpu: onCpu, clockDriftMs }: Integrity,
  { mostBusy, mostSteal, leastOnCpu }: HostLimits,
): readonly LoadProblem[] {
  const problems: LoadProblem[] = [];
  if (typeof hostBusy === 'number' && hostBusy > mostBusy) {
    problems.push({ code: 'host-busy', message: `The machine was ${percent(hostBusy)} busy.` });
  }
  if (typeof hostSteal === 'number' && hostSteal > mostSteal) {
    const message = `The hypervisor gave ${percent(hostSteal)} of the processors to other machines.`;
    problems.push({ code: 'host-busy', message });
  }
  if (typeof onCpu === 'number' && onCpu < leastOnCpu) {
    const message = `The page's tasks had a processor for ${percent(onCpu)} of their time: the machine was too busy.`;
    problems.push({ code: 'host-busy', message });
  }
  if (typeof clockDriftMs === 'number' && clockDriftMs > MOST_DRIFT_MS) {
    const message = `The machine's clock was moved by ${numberText(clockDriftMs)} ms meanwhile, or it slept.`;
    problems.push({ code: 'clock-anomaly', message });
  }
  return problems;
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

function stepProblems(step: Step, { steps, repetitions }: LoadEvidence): readonly LoadProblem[] {
  const { name, expects, request } = step;
  const results = steps.filter((result) => result.step === name);
  if (results.length < repetitions) {
    const message = `The trace does not show where the step “${name}” ran.`;
    return [{ code: 'missing-step-marker', message }];
  }
  const problems: LoadProblem[] = [];
  if (expects !== 'nothing' && results.some(({ interaction }) => isUnavailable(interaction))) {
    problems.push({ code: 'missing-interaction', message: `The step “${name}” produced no interaction.` });
  } else if (expects === 'paint' && !results.every(hasPainted)) {
    const message = `The step “${name}” painted no content that Chrome attributes to its interaction.`;
    problems.push({ code: 'missing-paint', message });
  }
  if (request !== undefined && !results.every((result) => hasSent(result, request))) {
    problems.push({
      code: 'missing-request',
      message: `The step “${name}” sent no request to “${request}”.`,
    });
  }
  return problems;
}

const hasPainted = ({ interaction }: StepResult): boolean =>
  !isUnavailable(interaction) && !isUnavailable(interaction.icpMs);

const hasSent = ({ requests }: StepResult, pattern: string): boolean =>
  requests.some(({ url }) => mayBeTo(url, pattern));
