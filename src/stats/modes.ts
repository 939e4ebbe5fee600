import { median } from '../base/median.ts';

/** At so many points from one value to the next the density is taken: a heap is where values are, however far from the others. */
const STEPS = 8;
/** A valley must go down at least so far below the lower of its two peaks for these to be two. */
const VALLEY = 0.75;
/** A peak must be at least so high, by the highest. */
const PEAK = 0.15;

/**
 * How many heaps values lie in: peaks of their density's estimate with a Gaussian kernel. Pages that sometimes load another
 * way make two, which no number of repetitions within a load tells apart. Silverman 1986, section 3.4.2.
 */
export function modeCount(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b);
  const low = ordered[0];
  const high = ordered.at(-1);
  if (low === undefined || high === undefined || low === high) return ordered.length === 0 ? 0 : 1;
  const width = kernelWidth(ordered);
  return peaks(between(ordered).map((at) => densityAt(ordered, at, width)));
}

/** Each value, and points between it and the next, in order. */
const between = (ordered: readonly number[]): readonly number[] =>
  ordered.flatMap((value, index) => {
    const next = ordered[index + 1];
    if (next === undefined) return [value];
    return Array.from({ length: STEPS }, (_, step) => value + ((next - value) * step) / STEPS);
  });

/** Silverman's rule, from whichever is smaller of the spread and the quartiles' distance: two heaps make both large. */
function kernelWidth(ordered: readonly number[]): number {
  const count = ordered.length;
  const mean = ordered.reduce((sum, value) => sum + value, 0) / count;
  const deviation = Math.sqrt(ordered.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
  const middle = median(ordered);
  const spread = median(ordered.map((value) => Math.abs(value - middle))) * 1.4826;
  return 0.9 * Math.min(deviation, spread === 0 ? deviation : spread) * count ** -0.2;
}

const densityAt = (values: readonly number[], at: number, width: number): number =>
  values.reduce((sum, value) => sum + Math.exp(-(((at - value) / width) ** 2) / 2), 0);

function peaks(density: readonly number[]): number {
  const highest = Math.max(...density);
  let count = 0;
  /** The lowest since the last peak, by which the next must stand out. */
  let valley = 0;
  let peak = 0;
  for (const [index, height] of density.entries()) {
    valley = Math.min(valley, height);
    const isTop = height > (density[index - 1] ?? 0) && height >= (density[index + 1] ?? 0);
    if (!isTop || height < PEAK * highest) continue;
    if (count === 0 || valley < VALLEY * Math.min(peak, height)) {
      count++;
      peak = height;
    } else peak = Math.max(peak, height);
    valley = height;
  }
  return count;
}
