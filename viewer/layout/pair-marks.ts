import { isUnavailable } from '../../src/base/measure.ts';
import type { ComparedMetric, Comparison, ComparisonDesign } from '../../src/result/comparison.ts';
import { METRIC_LABELS } from '../../src/result/words/metric-labels.ts';
import { logMargin, logRatio, ONE_MORE } from '../../src/result/summary/pair-ratio.ts';
import { strip } from './strip.ts';

/** One pair of loads: changed by base. */
export interface PairDot {
  readonly round: number;
  readonly base: number;
  readonly changed: number;
  readonly ratio: number;
  /** Along the strip, 0 to 1. */
  readonly share: number;
  /** Steps off the centre line, so that equal ratios do not hide each other. */
  readonly level: number;
  /** False for what was recorded after the look that gave the verdict. */
  readonly isJudged: boolean;
}

/** A metric's pairs on the scale that all metrics of a comparison share, as shares of its width. */
export interface PairMarks {
  readonly dots: readonly PairDot[];
  /** Undefined where too few pairs count. */
  readonly interval: { readonly low: number; readonly estimate: number; readonly high: number } | undefined;
  readonly noChange: number;
  /**
   * From here on a change is of interest: δ, for the base's median. Over 1 where that lies beyond the scale, as a frame does
   * beside a base of next to nothing. Undefined where it is unknown.
   */
  readonly margin: number | undefined;
}

export interface PairScale {
  readonly metrics: readonly PairMarks[];
  readonly ticks: readonly { readonly share: number; readonly percent: number }[];
}

interface Ratios {
  readonly pairs: readonly (Omit<PairDot, 'share' | 'level'> & { readonly log: number })[];
  readonly ends: readonly number[];
  readonly margin: number | undefined;
}

/** A narrower scale would make a drama of nothing. */
const LEAST_REACH = Math.log(1.05);
/** Of the reach: what lies at its end is not cut. */
const AIR = 1.06;

/**
 * Every pair's ratio by its logarithm, no change in the middle: twice as slow lies as far to the right as twice as fast to the left.
 */
export function pairScale({ metrics, design }: Pick<Comparison, 'metrics' | 'design'>): PairScale {
  const all = metrics.map((metric) => ratiosOf(metric, design));
  const logs = all.flatMap(({ pairs, ends }) => [...pairs.map(({ log }) => log), ...ends]);
  const percents = Math.log(1 + design.marginPercent / 100);
  const reach =
    AIR * logs.reduce((most, log) => Math.max(most, Math.abs(log)), Math.max(LEAST_REACH, percents));
  const share = (log: number): number => (log / reach + 1) / 2;
  return {
    metrics: all.map((ratios) => marksOf(ratios, share)),
    ticks: ticksWithin(reach).map((percent) => ({ percent, share: share(Math.log(1 + percent / 100)) })),
  };
}

function ratiosOf(metric: ComparedMetric, { marginPercent, marginFloorMs }: ComparisonDesign): Ratios {
  const counted = metric.pairs.flatMap(({ round, base, changed, counts }) =>
    !counts || isUnavailable(base) || isUnavailable(changed) ? [] : [{ round, base, changed }],
  );
  const { ratio, base } = metric;
  const floor = METRIC_LABELS[metric.metric].unit === 'ms' ? marginFloorMs : ONE_MORE;
  return {
    pairs: counted.map((pair, index) => {
      const log = logRatio(pair.base, pair.changed);
      return { ...pair, log, ratio: Math.exp(log), isJudged: index < metric.judgedPairs };
    }),
    ends: isUnavailable(ratio) ? [] : [ratio.low, ratio.estimate, ratio.high].map(Math.log),
    margin: isUnavailable(base.median)
      ? undefined
      : logMargin(base.median, { percent: marginPercent, floor }),
  };
}

function marksOf({ pairs, ends, margin }: Ratios, share: (log: number) => number): PairMarks {
  const places = strip(
    pairs.map(({ log }) => share(log)),
    1,
  );
  const [low, estimate, high] = ends.map(share);
  return {
    dots: pairs.map(({ log, ...pair }, index) => ({
      ...pair,
      share: share(log),
      level: places[index]?.level ?? 0,
    })),
    interval:
      low === undefined || estimate === undefined || high === undefined ? undefined : { low, estimate, high },
    noChange: share(0),
    margin: margin === undefined ? undefined : share(margin),
  };
}

/** The largest of each side that fits is marked. */
const SLOWER_PERCENT = [900, 400, 100, 50, 20, 10, 5, 2] as const;
const FASTER_PERCENT = [-90, -80, -50, -20, -10, -5, -2] as const;

function ticksWithin(reach: number): readonly number[] {
  const fits = (percent: number): boolean => Math.abs(Math.log(1 + percent / 100)) <= reach * 0.95;
  return [FASTER_PERCENT.find(fits), 0, SLOWER_PERCENT.find(fits)].filter((tick) => tick !== undefined);
}
