export interface SerialCorrelation {
  /** Of the ranks of each value and the next: -1 to 1. */
  readonly lag1: number;
  /** How likely so large a correlation would be if the order of the values meant nothing. */
  readonly p: number;
}

/** Fewer values tell nothing of their order. */
const FEWEST = 10;

/**
 * Whether values hang together with the ones before them, as on a machine that slows down and recovers: runs are then not
 * independent. The rank form of von Neumann's ratio, with its normal approximation. Bartels 1982, JASA 77, 40–46.
 * @returns Undefined for fewer than ten values, or where all are equal.
 */
export function serialCorrelation(values: readonly number[]): SerialCorrelation | undefined {
  const count = values.length;
  if (count < FEWEST) return undefined;
  const ranks = midranks(values);
  const mean = (count + 1) / 2;
  const spread = ranks.reduce((sum, rank) => sum + (rank - mean) ** 2, 0);
  if (spread === 0) return undefined;
  const steps = ranks.slice(1).reduce((sum, rank, index) => sum + (rank - (ranks[index] ?? 0)) ** 2, 0);
  const products = ranks
    .slice(1)
    .reduce((sum, rank, index) => sum + (rank - mean) * ((ranks[index] ?? 0) - mean), 0);
  const variance =
    (4 * (count - 2) * (5 * count ** 2 - 2 * count - 9)) / (5 * count * (count + 1) * (count - 1) ** 2);
  return { lag1: products / spread, p: normalTail((2 - steps / spread) / Math.sqrt(variance)) };
}

function midranks(values: readonly number[]): readonly number[] {
  const ordered = values.toSorted((a, b) => a - b);
  return values.map((value) => (ordered.indexOf(value) + ordered.lastIndexOf(value)) / 2 + 1);
}

/** The standard normal distribution beyond z, to 1.5e-7. Abramowitz & Stegun, 7.1.26. */
function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.327_591_1 * x);
  const series =
    ((((1.061_405_429 * t - 1.453_152_027) * t + 1.421_413_741) * t - 0.284_496_736) * t + 0.254_829_592) * t;
  const tail = (series * Math.exp(-(x ** 2))) / 2;
  return z >= 0 ? tail : 1 - tail;
}
