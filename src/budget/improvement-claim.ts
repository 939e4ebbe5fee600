import { isUnavailable, type Unavailable, unavailable } from '../base/measure.ts';
import type { Claim, ClaimFinding, ClaimVerdict, Shift } from '../result/claim.ts';
import type { Load } from '../result/load.ts';
import type { MetricName } from '../result/session-summary.ts';
import type { Session, StepSummary } from '../result/session.ts';
import { claimVerdict } from './claim-verdict.ts';
import { METRIC_LABELS } from '../result/words/metric-labels.ts';
import { countingLoads, loadMetric } from '../result/summary/summarize.ts';
import { wholeMs } from '../result/words/words.ts';
import { pairedShift } from '../stats/paired-shift.ts';

/** The part of a session that a claim is judged by. */
export type Evidence = Pick<Session, 'loads' | 'scenario' | 'variants' | 'summary'>;

/** A verdict needs at least this confidence: two-sided, as the interval's. */
const CONFIDENCE = 0.95;

/** What the team says: the second variant's value is smaller than the first's by at least so much. */
export interface ImprovementClaim {
  readonly id: string;
  readonly text: string;
  /** The metric that the claim names. It decides. */
  readonly metric: MetricName;
  /** Metrics in which the effect may show instead. They inform. */
  readonly alsoShow: readonly MetricName[];
  readonly atLeastMs: number;
}

/** Judges a claimed improvement step by step, from pairs of loads recorded back to back. */
export function judgeImprovement(claim: ImprovementClaim, evidence: Evidence): Claim {
  const findings = evidence.scenario.steps.flatMap((step) =>
    [claim.metric, ...claim.alsoShow].map((metric) => findImprovement(claim, metric, step, evidence)),
  );
  return {
    id: claim.id,
    text: claim.text,
    verdict: claimVerdict(findings.filter(({ metric }) => metric === claim.metric)),
    findings,
  };
}

function findImprovement(
  { atLeastMs }: ImprovementClaim,
  metric: MetricName,
  { name: step, description }: StepSummary,
  { loads, variants }: Evidence,
): ClaimFinding {
  const [first, second] = variants;
  const shift =
    first === undefined || second === undefined
      ? unavailable('one-variant')
      : shiftBetween(pairsOf(loads, step, metric, first.name, second.name));
  const verdict = improvementVerdict(shift, atLeastMs);
  const label = METRIC_LABELS[metric].label;
  const sentence = isUnavailable(shift)
    ? `${description}: ${label} could not be compared (${shift.unavailable}).`
    : `${description}: ${improvementWords(label, second?.name ?? '', shift)}.`;
  return { step, metric, verdict, shift, sentence };
}

function improvementWords(
  label: string,
  second: string,
  { estimateMs, lowMs, highMs, confidence, pairs }: Shift,
): string {
  // Rounded down: a confidence must not be made better than it is.
  const sure = `${String(Math.floor(confidence * 100))} % sure, ${String(pairs)} pairs`;
  if (lowMs <= 0 && highMs >= 0) {
    const most = wholeMs(Math.max(-lowMs, highMs));
    return `no clear difference in ${label}, at most ${most} either way (${sure})`;
  }
  const [least, most] = [Math.abs(lowMs), Math.abs(highMs)].toSorted((a, b) => a - b);
  const direction = estimateMs < 0 ? 'higher' : 'lower';
  const range = `${wholeMs(least ?? 0)} to ${wholeMs(most ?? 0)}`;
  return `with ${second}, ${label} is ${wholeMs(Math.abs(estimateMs))} ${direction} (${range}; ${sure})`;
}

function improvementVerdict(shift: Shift | Unavailable, atLeastMs: number): ClaimVerdict {
  if (isUnavailable(shift) || shift.confidence < CONFIDENCE) return 'inconclusive';
  if (shift.lowMs >= atLeastMs) return 'confirmed';
  return shift.highMs < atLeastMs ? 'refuted' : 'inconclusive';
}

/** First variant minus second, for each round in which both gave a value. */
function pairsOf(
  loads: readonly Load[],
  step: string,
  metric: MetricName,
  first: string,
  second: string,
): readonly number[] {
  const valueOf = (load: Load | undefined): number | undefined => {
    const measure = load && loadMetric(load, step, metric);
    return typeof measure === 'number' ? measure : undefined;
  };
  const others = countingLoads(loads, second);
  return countingLoads(loads, first).flatMap((load) => {
    const a = valueOf(load);
    const b = valueOf(others.find(({ round }) => round === load.round));
    return a === undefined || b === undefined ? [] : [a - b];
  });
}

function shiftBetween(differences: readonly number[]): Shift | Unavailable {
  const shift = pairedShift(differences, CONFIDENCE);
  if (shift === undefined) return unavailable('too-few-pairs');
  const { estimate: estimateMs, low: lowMs, high: highMs, confidence } = shift;
  return { estimateMs, lowMs, highMs, confidence, pairs: differences.length };
}
