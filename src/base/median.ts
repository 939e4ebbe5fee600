/** The middle value, or the mean of the two in the middle. `NaN` of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/**
 * The middle value on a logarithmic scale: the geometric mean of the two in the middle, since times vary by a factor rather than
 * by an amount. Where one of the two is 0, as a count may be, their mean.
 */
export function logMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  if (upper === lower) return upper;
  return lower > 0 ? Math.sqrt(lower * upper) : (lower + upper) / 2;
}
