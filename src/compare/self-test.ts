import { isUnavailable } from '../base/measure.ts';
import { randomNumbers } from '../base/random.ts';
import type { ComparedPair } from '../result/comparison.ts';
import type { Load } from '../result/load.ts';
import type { MetricName } from '../result/session-summary.ts';
import { countingLoads, metricOf } from '../result/summary/summarize.ts';
import { judgePairs, type SignedRankVerdict } from '../stats/sequential-signed-rank.ts';
import { pairDifferences } from './log-ratio.ts';
import { type CompareSettings, floorOf, planOf } from './settings.ts';

/** How much values of one page vary: standard deviations of their logarithms, so that 0.05 is about 5 %. */
export interface Noise {
  /** Of one repetition from another within a load. Repeating helps against it. */
  readonly withinLoads: number;
  /** Of the loads' true values. Only more pairs help against it. */
  readonly betweenLoads: number;
}

/**
 * Divides the noise by a one-way analysis of variance with random effects: Searle, Casella & McCulloch, _Variance Components_, section
 * 3.6. Loads with fewer repetitions than two tell nothing of it.
 */
export function noiseOf(
  loads: readonly Load[],
  variant: string,
  step: string,
  metric: MetricName,
): Noise | undefined {
  const groups = countingLoads(loads, variant)
    .map(({ steps }) =>
      steps
        .filter((result) => result.step === step)
        .map((result) => metricOf(result, metric))
        .filter((value) => typeof value === 'number')
        .filter((value) => value > 0)
        .map(Math.log),
    )
    .filter((values) => values.length >= 2);
  if (groups.length < 2) return undefined;
  const within = mean(groups.map(variance));
  const size = mean(groups.map((values) => values.length));
  const between = Math.max(0, variance(groups.map(mean)) - within / size);
  return { withinLoads: Math.sqrt(within), betweenLoads: Math.sqrt(between) };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

export interface ResampleOptions {
  readonly settings: CompareSettings;
  readonly unit: 'ms' | 'count';
  readonly metrics: number;
  readonly comparisons: number;
  readonly seed: number;
  /** By which share the changed side is made slower; 0 for the same page. */
  readonly slowerBy: number;
}

export interface Resampled {
  readonly comparisons: number;
  readonly slower: number;
  readonly notSlower: number;
  readonly meanPairs: number;
}

/**
 * Comparisons as they would have come out of the same machine: the recorded pairs in their own order from a random one on, so that what
 * hangs together in time still does, and the two sides of each swapped by a coin, as the random order of loading does. These are no new
 * recordings, and must be called resampled wherever they are shown.
 */
export function resampledComparisons(pairs: readonly ComparedPair[], options: ResampleOptions): Resampled {
  const { settings, unit, metrics, comparisons, slowerBy } = options;
  const random = randomNumbers(options.seed);
  const usable = pairs.filter(({ counts }) => counts);
  const plan = planOf(settings);
  const margin = { percent: settings.marginPercent, floor: floorOf(unit) };
  const outcomes = Array.from({ length: comparisons }, () => {
    const drawn = drawPairs(usable, settings.maxPairs, slowerBy, random);
    return judgePairs(pairDifferences(drawn, margin), plan, metrics);
  });
  const share = (verdict: SignedRankVerdict): number =>
    outcomes.filter((outcome) => outcome.verdict === verdict).length;
  return {
    comparisons,
    slower: share('slower'),
    notSlower: share('not-slower'),
    meanPairs: mean(outcomes.map((outcome) => outcome.pairs)),
  };
}

function drawPairs(
  pairs: readonly ComparedPair[],
  count: number,
  slowerBy: number,
  random: () => number,
): readonly ComparedPair[] {
  if (pairs.length === 0) return [];
  const from = Math.floor(random() * pairs.length);
  return Array.from({ length: count }, (_, index) => {
    const pair = pairs[(from + index) % pairs.length];
    if (pair === undefined) throw new RangeError('There is no such pair');
    const [base, changed] = random() < 0.5 ? [pair.base, pair.changed] : [pair.changed, pair.base];
    return { ...pair, base, changed: isUnavailable(changed) ? changed : changed * (1 + slowerBy) };
  });
}

/** What is tried, in percent. */
const STEPS = [2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100];
/** How often it must be found. */
const POWER = 0.9;

/** The smallest change, in percent, that is found in nine of ten resampled comparisons. Undefined where twice the time is not. */
export const smallestFound = (
  pairs: readonly ComparedPair[],
  options: Omit<ResampleOptions, 'slowerBy'>,
): number | undefined =>
  STEPS.find((percent) => {
    const { slower, comparisons } = resampledComparisons(pairs, { ...options, slowerBy: percent / 100 });
    return slower >= POWER * comparisons;
  });
