import { randomNumbers } from '../base/random.ts';

export interface BootstrapInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** 0 to 1. */
  readonly confidence: number;
  readonly resamples: number;
  readonly seed: number;
}

/**
 * The mean of values with the interval between the quantiles of the means of samples drawn from them with replacement: the percentile
 * method. Efron & Tibshirani, _An Introduction to the Bootstrap_, chapter 13. Of few values it is too narrow.
 * @returns Undefined of fewer than two values.
 */
export function bootstrapMean(
  values: readonly number[],
  { confidence, resamples, seed }: BootstrapOptions,
): BootstrapInterval | undefined {
  if (values.length < 2) return undefined;
  const random = randomNumbers(seed);
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let draw = 0; draw < values.length; draw++) {
      sum += values[Math.floor(random() * values.length)] ?? 0;
    }
    return sum / values.length;
  }).toSorted();
  const tail = (1 - confidence) / 2;
  const low = means[Math.floor(tail * resamples)];
  const high = means[Math.ceil((1 - tail) * resamples) - 1];
  if (low === undefined || high === undefined) return undefined;
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, low, high };
}
