import type { Unavailable } from '../base/measure.ts';
import type { Finding } from './comparison.ts';
import type { MetricName } from './session-summary.ts';

/** What a machine and a page allow comparisons to tell: a page compared with itself, and with itself made slower on purpose. */
export interface SelfTest {
  readonly schemaVersion: 1;
  readonly kind: 'self-test';
  readonly inpactVersion: string;
  readonly subject: string;
  /** `fail`: a false alarm, or the known delay was not found. */
  readonly verdict: 'pass' | 'fail';
  readonly metrics: readonly SelfTestMetric[];
  readonly control: PositiveControl;
}

export interface SelfTestMetric {
  readonly step: string;
  readonly metric: MetricName;
  /** What the recorded pairs of the same page were called. Anything but `regressed` is right. */
  readonly finding: Finding;
  readonly pairs: number;
  /** Comparisons drawn from the recorded pairs: no new recordings. */
  readonly resampled: { readonly comparisons: number; readonly regressed: number; readonly cleared: number };
  readonly noise: SelfTestNoise | Unavailable<'too-few-repetitions'>;
  /** In percent: found in nine of ten comparisons of at most so many pairs, as resampled. */
  readonly smallestFoundPercent: number | Unavailable<'more-than-twice-as-slow'>;
  readonly smallestFoundThoroughPercent: number | Unavailable<'more-than-twice-as-slow'>;
}

/** Standard deviations of logarithms: 0.05 is about 5 %. */
export interface SelfTestNoise {
  readonly withinLoads: number;
  readonly betweenLoads: number;
}

export interface PositiveControl {
  /** How long the handlers of every click and key press were held. */
  readonly delayMs: number;
  readonly finding: Finding;
  readonly pairs: number;
}
