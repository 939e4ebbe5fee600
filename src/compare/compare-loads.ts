import { isUnavailable } from '../base/measure.ts';
import { VERSION } from '../base/version.ts';
import type { StepChanges } from '../result/changes.ts';
import type { ComparedMetric, ComparedSide, Comparison } from '../result/comparison.ts';
import type { Verdict } from '../result/judgement.ts';
import type { Load } from '../result/load.ts';
import type { MetricName } from '../result/session-summary.ts';
import { METRIC_LABELS } from '../result/words/metric-labels.ts';
import type { ScenarioSummary, Variant } from '../result/session.ts';
import { compareFailures } from './compare-failures.ts';
import { compareMetric } from './compare-metric.ts';
import { comparedPair, type LoadPair, pairLoads } from './load-pairs.ts';
import { whatChanged } from './what-changed.ts';
import { type CompareSettings, FRAME_MS, planOf, plannedPairs } from './settings.ts';

/** What was recorded of two versions. */
export interface CompareOrder {
  readonly scenario: ScenarioSummary;
  readonly base: RecordedSide;
  readonly changed: RecordedSide;
  /** Whether the loads were recorded in pairs, back to back and in random order. */
  readonly pairing: Comparison['design']['pairing'];
  readonly seed: number;
  readonly repetitions: number;
  readonly settings: CompareSettings;
}

export interface RecordedSide {
  readonly variant: Variant;
  /** Warm-ups among them. */
  readonly loads: readonly Load[];
}

/** Processor time of the main thread: steadier than wall time, but blind to waiting. It is shown beside INP, and never judged. */
const SIGNAL: MetricName = 'interactionCpuMs';

/**
 * Compares two versions by what was recorded of them so far. A verdict stands from the first look on that gives it: loads that are
 * recorded after it change nothing.
 */
export function compareLoads(order: CompareOrder): Comparison {
  const { scenario, base, changed, settings } = order;
  const pairs = pairLoads(counted(base), counted(changed));
  const { gates, notes } = gatesOf(order, pairs);
  const isGate = order.pairing === 'interleaved';
  const compare = (step: string, metric: MetricName, role: ComparedMetric['role']): ComparedMetric =>
    compareMetric({
      step,
      metric,
      role,
      pairs: pairs.map((pair) => comparedPair(pair, step, metric)),
      plan: planOf(settings),
      marginPercent: settings.marginPercent,
      gatedMetrics: gates.length,
      isGate,
      plannedPairs: plannedPairs(settings),
    });
  const judged = gates.map(({ step, metric }) => compare(step, metric, 'gate'));
  const signals = [...new Set(gates.map(({ step }) => step))].map((step) => compare(step, SIGNAL, 'signal'));
  const sides = { base: sideOf(base), changed: sideOf(changed) };
  const failures = failuresOf(sides, isGate);
  return {
    schemaVersion: 1,
    kind: 'comparison',
    inpactVersion: VERSION,
    command: 'compare',
    subject: scenario.name,
    ...sides,
    verdict: isGate ? overall(judged, failures.verdict) : 'inconclusive',
    design: {
      pairing: order.pairing,
      seed: order.seed,
      repetitions: order.repetitions,
      looks: planOf(settings).looks,
      maxPairs: settings.maxPairs,
      wanted: settings.metrics,
      marginPercent: settings.marginPercent,
      marginFloorMs: FRAME_MS,
      gatedMetrics: gates.length,
    },
    metrics: [...judged, ...signals],
    failures,
    changes: changesOf(judged, pairs, order.seed),
    notes: isGate ? notes : [STORED, ...notes],
  };
}

/** How often loads fail is a machine's doing as much as how long they take. */
function failuresOf(
  { base, changed }: Pick<Comparison, 'base' | 'changed'>,
  isGate: boolean,
): Comparison['failures'] {
  const failures = compareFailures(base, changed);
  return isGate || failures.verdict === 'pass' ? failures : { ...failures, verdict: 'inconclusive' };
}

/** Of the steps that regressed. */
const changesOf = (
  judged: readonly ComparedMetric[],
  pairs: readonly LoadPair[],
  seed: number,
): readonly StepChanges[] =>
  [...new Set(judged.filter(({ finding }) => finding === 'regressed').map(({ step }) => step))].map((step) =>
    whatChanged(pairs, step, seed),
  );

const STORED =
  'Stored baseline: not a gate. The two were recorded apart, so a difference may be the machine’s: of pages that do not differ such comparisons call 11 to 28 % slower. Record both versions in one run for a verdict: inpact compare <base> <changed> --scenario <file>.';

const counted = ({ loads }: RecordedSide): readonly Load[] => loads.filter(({ warmUp }) => !warmUp);

function sideOf(side: RecordedSide): ComparedSide {
  const { name, description } = side.variant;
  const loads = counted(side);
  return {
    name,
    description,
    loads: loads.length,
    unfit: loads.filter(({ status }) => status !== 'valid').length,
  };
}

interface Gate {
  readonly step: string;
  readonly metric: MetricName;
}

/**
 * Every metric of every step, but those that the page does not give. Which these are is told by the first pair that was fit, a
 * warm-up if there was one: whether there is a value, not which.
 */
function gatesOf(
  { scenario, base, changed, settings }: CompareOrder,
  pairs: readonly LoadPair[],
): { readonly gates: readonly Gate[]; readonly notes: readonly string[] } {
  const warmUps = pairLoads(warmUpsOf(base), warmUpsOf(changed));
  const first = [...warmUps, ...pairs].find(
    (pair) => pair.base?.status === 'valid' && pair.changed?.status === 'valid',
  );
  const all = scenario.steps
    .filter(({ expects }) => expects !== 'nothing')
    .flatMap(({ name }) => settings.metrics.map((metric) => ({ step: name, metric })));
  if (first === undefined) return { gates: all, notes: [] };
  const given = all.map((gate) => ({ gate, pair: comparedPair(first, gate.step, gate.metric) }));
  return {
    // A value on one side only is a difference, and stays: what can't be compared is not to pass.
    gates: given
      .filter(({ pair }) => !(isUnavailable(pair.base) && isUnavailable(pair.changed)))
      .map(({ gate }) => gate),
    notes: given.flatMap(({ gate, pair }) =>
      isUnavailable(pair.base) && isUnavailable(pair.changed)
        ? [`${METRIC_LABELS[gate.metric].label} of ${gate.step} is not compared: ${pair.base.unavailable}.`]
        : [],
    ),
  };
}

const warmUpsOf = ({ loads }: RecordedSide): readonly Load[] => loads.filter(({ warmUp }) => warmUp);

/** One regression is enough to fail; to pass, every metric must be cleared. */
function overall(metrics: readonly ComparedMetric[], failures: Verdict): Verdict {
  const verdicts = new Set([...metrics.map(({ verdict }) => verdict), failures]);
  if (verdicts.has('fail')) return 'fail';
  return metrics.length === 0 || verdicts.has('inconclusive') ? 'inconclusive' : 'pass';
}

/**
 * Whether further pairs could change nothing: something regressed, every metric has its verdict, or there are as many pairs as there
 * may be. How often loads fail is judged once, at the end, and stops nothing.
 */
export function isSettled({ metrics, design }: Comparison): boolean {
  const gates = metrics.filter(({ role }) => role === 'gate');
  if (gates.some(({ verdict }) => verdict === 'fail')) return true;
  return gates.every(
    ({ verdict, pairs }) =>
      verdict === 'pass' || pairs.filter(({ counts }) => counts).length >= design.maxPairs,
  );
}
