import {
  type ComparedMetric,
  type Comparison,
  type CompareSettings,
  type Finding,
  METRIC_LABELS,
  noiseOf,
  type ResampleOptions,
  resampledComparisons,
  type SelfTest,
  type SelfTestMetric,
  type Session,
  smallestFound,
  THOROUGH_PAIRS,
  unavailable,
  VERSION,
} from '../../src/index.ts';

/** Two frames are more than the floor of the margin, and a fifth is twice its percent. */
const CONTROL_FLOOR_MS = 2 * (1000 / 60);
const CONTROL_SHARE = 0.2;

/** How long to hold the handlers, so that the result must be called regressed by whoever can see a tenth. */
export function controlDelay({ metrics }: Comparison): number {
  const values = metrics
    .filter(({ role }) => role === 'gate')
    .map(({ base }) => base.median)
    .filter((value) => typeof value === 'number');
  return Math.round(Math.max(CONTROL_FLOOR_MS, CONTROL_SHARE * Math.max(0, ...values)));
}

export interface SelfTestOrder {
  readonly session: Session;
  readonly comparison: Comparison;
  readonly compare: CompareSettings;
  readonly control: { readonly delayMs: number; readonly comparison: Comparison };
}

const RESAMPLED = 1000;

export function selfTestOf({ session, comparison, compare, control }: SelfTestOrder): SelfTest {
  const metrics = comparison.metrics
    .filter(({ role }) => role === 'gate')
    .map((compared) => metricOf(compared, session, comparison, compare));
  const found = findingOf(control.comparison);
  const isFalseAlarm = metrics.some(({ finding }) => finding === 'regressed');
  return {
    schemaVersion: 1,
    kind: 'self-test',
    inpactVersion: VERSION,
    subject: comparison.subject,
    verdict: found === 'regressed' && !isFalseAlarm ? 'pass' : 'fail',
    metrics,
    control: {
      delayMs: control.delayMs,
      finding: found,
      pairs: Math.max(0, ...control.comparison.metrics.map(({ judgedPairs }) => judgedPairs)),
    },
  };
}

function metricOf(
  { step, metric, finding, pairs }: ComparedMetric,
  session: Session,
  { design, base }: Comparison,
  settings: CompareSettings,
): SelfTestMetric {
  const drawing: Omit<ResampleOptions, 'slowerBy'> = {
    settings,
    unit: METRIC_LABELS[metric].unit,
    metrics: design.gatedMetrics,
    comparisons: RESAMPLED,
    seed: design.seed,
  };
  const thorough = { ...drawing, settings: { ...settings, maxPairs: THOROUGH_PAIRS } };
  const same = resampledComparisons(pairs, { ...drawing, slowerBy: 0 });
  return {
    step,
    metric,
    finding,
    pairs: pairs.filter(({ counts }) => counts).length,
    resampled: { comparisons: same.comparisons, regressed: same.slower, cleared: same.notSlower },
    noise: noiseOf(session.loads, base.name, step, metric) ?? unavailable('too-few-repetitions'),
    smallestFoundPercent: smallestFound(pairs, drawing) ?? unavailable('more-than-twice-as-slow'),
    smallestFoundThoroughPercent: smallestFound(pairs, thorough) ?? unavailable('more-than-twice-as-slow'),
  };
}

/** A delay in a handler must show in what is gated: one metric is enough. */
function findingOf({ metrics }: Comparison): Finding {
  const findings = metrics.filter(({ role }) => role === 'gate').map(({ finding }) => finding);
  return findings.find((finding) => finding === 'regressed') ?? findings[0] ?? 'inconclusive';
}
