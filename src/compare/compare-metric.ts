import { isUnavailable, type Measure, unavailable } from '../base/measure.ts';
import { median } from '../base/median.ts';
import type { ComparedMetric, ComparedPair, Finding, RatioInterval } from '../result/comparison.ts';
import type { Verdict } from '../result/judgement.ts';
import { METRIC_LABELS } from '../result/words/metric-labels.ts';
import { modeCount } from '../stats/modes.ts';
import { pairedShift } from '../stats/paired-shift.ts';
import { judgePairs, type SignedRankOutcome, type SignedRankPlan } from '../stats/sequential-signed-rank.ts';
import { serialCorrelation } from '../stats/serial-correlation.ts';
import { adviceFor, sentenceOf } from './comparison-words.ts';
import { pairDifferences } from './log-ratio.ts';
import type { MetricOrder } from './metric-order.ts';
import { floorOf } from './settings.ts';

/** Compares one metric of one step by its pairs. */
export function compareMetric(order: MetricOrder): ComparedMetric {
  const { step, metric, role, pairs, plan } = order;
  const differences = pairDifferences(pairs, {
    percent: order.marginPercent,
    floor: floorOf(METRIC_LABELS[metric].unit),
  });
  const looks = order.isGate ? plan : NO_LOOKS;
  const outcome = judgePairs(differences, looks, role === 'gate' ? order.gatedMetrics : 1);
  const judged = differences.slice(0, outcome.pairs).map(({ difference }) => difference);
  const ratio = ratioOf(judged, plan);
  const finding = findingOf(outcome, ratio);
  const found = {
    step,
    metric,
    role,
    severity: role === 'gate' ? ('error' as const) : ('warn' as const),
    finding,
    verdict: VERDICTS[finding],
    pairs,
    judgedPairs: outcome.pairs,
    p: outcome.p,
    threshold: outcome.threshold ?? null,
    ratio,
    base: sideOf(pairs, ({ base }) => base),
    changed: sideOf(pairs, ({ changed }) => changed),
    lag1: serialCorrelation(judged)?.lag1 ?? unavailable('too-few-pairs'),
  };
  return { ...found, sentence: sentenceOf(found, order), advice: adviceFor(found, order) };
}

/** All pairs are told of where none may end the comparison. */
const NO_LOOKS: SignedRankPlan = { looks: [], slower: [], notSlower: [] };

const VERDICTS: Readonly<Record<Finding, Verdict>> = {
  regressed: 'fail',
  'no-regression': 'pass',
  improved: 'pass',
  inconclusive: 'inconclusive',
};

function findingOf({ verdict }: SignedRankOutcome, ratio: ComparedMetric['ratio']): Finding {
  if (verdict === 'slower') return 'regressed';
  if (verdict === 'inconclusive') return 'inconclusive';
  return !isUnavailable(ratio) && ratio.high < 1 ? 'improved' : 'no-regression';
}

/** Of the two-sided interval that inverts the "not slower" test at every look: it excludes a margin where that test does. */
const CONFIDENCE = 0.9;

function ratioOf(differences: readonly number[], plan: SignedRankPlan): ComparedMetric['ratio'] {
  const shift = pairedShift(differences, 1 - 2 * thresholdAt(differences.length, plan));
  if (shift === undefined) return unavailable('too-few-pairs');
  const interval: RatioInterval = {
    estimate: Math.exp(shift.estimate),
    low: Math.exp(shift.low),
    high: Math.exp(shift.high),
    confidence: Math.min(CONFIDENCE, shift.confidence),
  };
  return interval;
}

/** Between two looks, that of the last; before the first, its own. */
function thresholdAt(pairs: number, { looks, notSlower }: SignedRankPlan): number {
  const index = Math.max(
    0,
    looks.findLastIndex((look) => look <= pairs),
  );
  return notSlower[index] ?? (1 - CONFIDENCE) / 2;
}

function sideOf(
  pairs: readonly ComparedPair[],
  read: (pair: ComparedPair) => Measure,
): ComparedMetric['base'] {
  const values = pairs
    .filter(({ counts }) => counts)
    .map(read)
    .filter((value) => typeof value === 'number');
  return {
    median: values.length === 0 ? unavailable('too-few-pairs') : median(values),
    modes: modeCount(values),
  };
}
