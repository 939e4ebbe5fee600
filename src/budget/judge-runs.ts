import { isUnavailable, type Measure, unavailable } from '../base/measure.ts';
import type { JudgedMetric, Statistic, Verdict } from '../result/judgement.ts';
import { METRIC_LABELS, metricText } from '../result/words/metric-labels.ts';
import { type BinomialOutcome, judgeRuns } from '../stats/sequential-binomial.ts';
import { serialCorrelation } from '../stats/serial-correlation.ts';
import type { Limit } from './budget.ts';
import { isBeyondGuardBand, RUNS_FOR_ANY_MACHINE } from './guard-band.ts';
import { fewestRuns, quantilePlan } from './quantile-plan.ts';
import { valueAt } from './value-at.ts';

/** What many runs of one step measured. */
export interface Runs {
  readonly step: string;
  readonly variant: string;
  /** Of each run that counts, in the order in which they were planned. */
  readonly measures: readonly Measure[];
  /** How many were planned: how often one may look depends on it, and must not depend on what was seen. */
  readonly planned: number;
}

/** Runs so like the ones before them are not independent. */
const CORRELATED = 0.05;

/** Judges one limit by many runs. */
export function judgeLimit(limit: Limit, { step, variant, measures, planned }: Runs): JudgedMetric {
  const values = measures.filter((measure) => typeof measure === 'number');
  const outcome = outcomeOf(measures, limit, planned);
  const isHeldBack = outcome.verdict === 'over' && !isBeyondGuardBand(values, limit);
  const verdict = isHeldBack ? 'inconclusive' : VERDICTS[outcome.verdict];
  return {
    step,
    variant,
    metric: limit.metric,
    statistic: limit.quantile,
    severity: limit.severity,
    verdict,
    limit: limit.max,
    value: valueOf(measures, limit.quantile),
    values,
    runs: outcome.runs,
    over: outcome.over,
    sentence: sentenceOf(limit, verdict, { ...outcome, values }),
    advice: verdict === 'inconclusive' ? adviceFor(limit, { measures, values, planned, isHeldBack }) : null,
  };
}

const VERDICTS: Readonly<Record<BinomialOutcome['verdict'], Verdict>> = {
  over: 'fail',
  within: 'pass',
  inconclusive: 'inconclusive',
};

/** A run without a value may have been over the limit, or not: a verdict must stand either way. */
function outcomeOf(measures: readonly Measure[], { max, quantile }: Limit, planned: number): BinomialOutcome {
  const plan = quantilePlan(quantile, planned);
  const judged = (ifUnknown: boolean): BinomialOutcome =>
    judgeRuns(
      measures.map((measure) => (isUnavailable(measure) ? ifUnknown : measure > max)),
      plan,
    );
  const least = judged(false);
  const most = judged(true);
  if (least.verdict === 'over') return least;
  if (most.verdict === 'within') return most;
  return { ...least, verdict: 'inconclusive', runs: measures.length };
}

const isCorrelated = (values: readonly number[]): boolean =>
  (serialCorrelation(values)?.p ?? 1) <= CORRELATED;

function valueOf(measures: readonly Measure[], quantile: Limit['quantile']): Measure {
  const values = measures.filter((measure) => typeof measure === 'number');
  if (values.length > 0) return valueAt(values, quantile);
  return measures.find(isUnavailable) ?? unavailable('no-valid-load');
}

interface Told {
  readonly runs: number;
  readonly over: number;
  readonly values: readonly number[];
}

function sentenceOf(
  { metric, max, quantile }: Limit,
  verdict: Verdict,
  { runs, over, values }: Told,
): string {
  const { label } = METRIC_LABELS[metric];
  const counted = `${String(over)} of ${String(runs)} runs were over ${metricText(metric, max)}`;
  if (values.length === 0) return `${label} was measured in no run`;
  if (verdict === 'fail') return `The ${NAMES[quantile]} of ${label} is over its budget: ${counted}`;
  if (verdict === 'pass') return `The ${NAMES[quantile]} of ${label} is within its budget: ${counted}`;
  return `Whether the ${NAMES[quantile]} of ${label} is within its budget is not certain: ${counted}`;
}

const NAMES: Readonly<Record<Statistic, string>> = {
  median: 'median',
  p75: '75th percentile',
  p98: '98th percentile',
  value: 'value',
};

const FAR_APART = 'For so little over the limit the runs lie too far apart';

interface Doubt {
  readonly measures: readonly Measure[];
  readonly values: readonly number[];
  readonly planned: number;
  readonly isHeldBack: boolean;
}

function adviceFor({ quantile }: Limit, { measures, values, planned, isHeldBack }: Doubt): string {
  const missing = measures.filter(isUnavailable);
  if (isHeldBack) {
    const why = isCorrelated(values)
      ? 'Each run is like the one before it, so the machine drifts'
      : FAR_APART;
    const more = planned < RUNS_FOR_ANY_MACHINE ? `record --runs ${String(RUNS_FOR_ANY_MACHINE)}, or ` : '';
    return `${why}: ${more}compare with a base build, recorded interleaved.`;
  }
  if (measures.length > 0 && missing.length * 2 > measures.length) {
    return `Most runs have no value: ${missing[0]?.unavailable ?? ''}.`;
  }
  const fewest = fewestRuns(quantile);
  if (planned < fewest)
    return `It takes at least ${String(fewest)} runs to tell: record with --runs ${String(Math.max(20, fewest))}.`;
  return `Record more runs: --runs ${String(Math.max(20, planned * 2))}.`;
}
