import { isUnavailable, type Measure, unavailable } from '../base/measure.ts';
import { InpactError } from '../base/errors.ts';
import type { Judgement } from '../result/judgement.ts';
import type { Session } from '../result/session.ts';
import { METRIC_LABELS } from '../result/words/metric-labels.ts';
import { countingLoads, loadMetric } from '../result/summary/summarize.ts';
import type { Budget, Limit } from './budget.ts';
import { judgeReportSize } from './check-report-size.ts';
import { checked } from './checked.ts';
import { judgeLimit, type Runs } from './judge-runs.ts';
import { fewestRuns } from './quantile-plan.ts';

/**
 * Judges a recorded session by a budget.
 * @param reportSizeKb How large its report is, in thousands of bytes.
 * @throws {InpactError} `bad-budget` where a limit names a step or variant that the session lacks, or asks for a quantile that so
 * few runs cannot show.
 */
export function checkSession(
  session: Session,
  budget: Budget,
  reportSizeKb: Measure = unavailable('no-report'),
): Judgement {
  const { scenario, plan, loads } = session;
  const judged = budget.limits.map((limit) => {
    refuseUnknown(limit, session);
    refuseTooFew(limit, plan.runs);
    return { limit, ...concerned(runsOf(session, limit), limit, scenario) };
  });
  const metrics = judged.flatMap(({ limit, runs }) => runs.map((run) => judgeLimit(limit, run)));
  const left = loads.filter(({ status, warmUp }) => status !== 'valid' && !warmUp).length;
  const notes = [
    ...(left === 0 ? [] : [`${String(left)} loads were not fit to be judged, and are left out.`]),
    ...new Set(judged.flatMap(({ leftOut }) => leftOut)),
  ];
  const size = budget.reportSize && judgeReportSize(budget.reportSize, reportSizeKb);
  return checked(scenario.name, size === undefined ? metrics : [...metrics, size], notes);
}

function runsOf({ scenario, variants, plan, loads }: Session, limit: Limit): readonly Runs[] {
  const steps = scenario.steps
    .map(({ name }) => name)
    .filter((name) => limit.step === undefined || name === limit.step);
  const names = variants
    .map(({ name }) => name)
    .filter((name) => limit.variant === undefined || name === limit.variant);
  return steps.flatMap((step) =>
    names.map((variant) => {
      const own = countingLoads(loads, variant).toSorted((a, b) => a.round - b.round);
      const measures = own.map((load) => loadMetric(load, step, limit.metric));
      return { step, variant, measures, planned: plan.runs };
    }),
  );
}

/**
 * A limit that names no step is for all steps that have what it limits: scrolling or waiting has no INP in any run, and could never be
 * within. Where no step has it all are judged, so that nothing passes unmeasured.
 */
function concerned(
  runs: readonly Runs[],
  { step, metric }: Limit,
  { steps }: Session['scenario'],
): { readonly runs: readonly Runs[]; readonly leftOut: readonly string[] } {
  const idle = new Set(steps.filter(({ expects }) => expects === 'nothing').map(({ name }) => name));
  const isLeftOut = (run: Runs): boolean => idle.has(run.step) && run.measures.every(isUnavailable);
  const rest = runs.filter((run) => !isLeftOut(run));
  if (step !== undefined || rest.length === 0) return { runs, leftOut: [] };
  const { label } = METRIC_LABELS[metric];
  const leftOut = runs
    .filter(isLeftOut)
    .map((run) => `${run.step} expects no interaction and has no ${label}: not judged.`);
  return { runs: rest, leftOut };
}

function refuseUnknown({ step, variant }: Limit, { scenario, variants }: Session): void {
  const steps = scenario.steps.map(({ name }) => name);
  if (step !== undefined && !steps.includes(step)) throw unknown('step', step, steps);
  const names = variants.map(({ name }) => name);
  if (variant !== undefined && !names.includes(variant)) throw unknown('variant', variant, names);
}

const unknown = (what: string, name: string, known: readonly string[]): InpactError =>
  new InpactError('bad-budget', `The budget limits a ${what} “${name}” that the session does not have`, {
    hint: `It has ${known.join(', ')}.`,
  });

/** A 98th percentile of a few runs is their largest, which is over any budget sooner or later. */
function refuseTooFew({ quantile }: Limit, plannedRuns: number): void {
  if (quantile !== 'p98' || plannedRuns >= fewestRuns('p98')) return;
  throw new InpactError(
    'bad-budget',
    `The 98th percentile can't be judged by ${String(plannedRuns)} runs: it takes ${String(fewestRuns('p98'))}`,
    { hint: "Use median or p75. INP's own 98th percentile is of the interactions within one visit." },
  );
}
