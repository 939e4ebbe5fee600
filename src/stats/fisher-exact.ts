/** So many of so many. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/**
 * How likely two shares would be at least as far apart as these if they were drawn from one: Fisher's exact test, two-sided.
 * Agresti, Categorical Data Analysis, section 3.5.
 */
export function fisherExact(a: Share, b: Share): number {
  const hits = a.count + b.count;
  const fewest = Math.max(0, hits - b.of);
  const most = Math.min(hits, a.of);
  const weights = Array.from({ length: most - fewest + 1 }, (_, index) =>
    Math.exp(logChoose(a.of, fewest + index) + logChoose(b.of, hits - fewest - index)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const own = weights[a.count - fewest] ?? 0;
  // Equal probabilities may differ in their last bits.
  const asFar = weights.filter((weight) => weight <= own * (1 + 1e-9));
  return asFar.reduce((sum, weight) => sum + weight, 0) / total;
}

function logChoose(of: number, count: number): number {
  return Array.from({ length: count }, (_, index) => Math.log((of - index) / (index + 1))).reduce(
    (sum, part) => sum + part,
    0,
  );
}
