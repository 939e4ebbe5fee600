/** Below it values have no telling ratio: a hundred times the trace's clock in milliseconds, or a tenth of one in a count. */
const LEAST = 0.1;

/** The logarithm of b by a: times vary by a factor, and a factor is what a user feels. */
export const logRatio = (a: number, b: number): number => Math.log(Math.max(b, LEAST) / Math.max(a, LEAST));

export interface Margin {
  readonly percent: number;
  /** In the metric's unit. */
  readonly floor: number;
}

/** The margin's floor for counts: one more is the least that can be seen. */
export const ONE_MORE = 1;

/** Up to which logarithm a value may be higher than a base without being of interest. */
export const logMargin = (base: number, { percent, floor }: Margin): number =>
  logRatio(base, Math.max(base * (1 + percent / 100), base + floor));
