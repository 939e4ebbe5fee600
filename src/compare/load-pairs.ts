import { isUnavailable, type Measure, unavailable } from '../base/measure.ts';
import type { ComparedPair } from '../result/comparison.ts';
import type { Load } from '../result/load.ts';
import type { MetricName } from '../result/session-summary.ts';
import { loadMetric } from '../result/summary/summarize.ts';

/** Two loads that were planned back to back. One of them may be missing, if the recording was interrupted between them. */
export interface LoadPair {
  readonly round: number;
  readonly base: Load | undefined;
  readonly changed: Load | undefined;
}

/** In the order in which they were planned, not in that in which they ended: slow pairs end late. */
export function pairLoads(base: readonly Load[], changed: readonly Load[]): readonly LoadPair[] {
  const rounds = new Set([...base, ...changed].map(({ round }) => round));
  return [...rounds]
    .toSorted((a, b) => a - b)
    .map((round) => ({ round, base: loadOf(base, round), changed: loadOf(changed, round) }));
}

const loadOf = (loads: readonly Load[], round: number): Load | undefined =>
  loads.find((load) => load.round === round);

/** What a pair says of one metric. It counts only if both loads are fit and have a value. */
export function comparedPair(
  { round, base, changed }: LoadPair,
  step: string,
  metric: MetricName,
): ComparedPair {
  const values = { base: valueOf(base, step, metric), changed: valueOf(changed, step, metric) };
  return {
    round,
    baseFirst: (base?.startedAt ?? '') <= (changed?.startedAt ?? ''),
    ...values,
    counts: isFit(base) && isFit(changed) && !isUnavailable(values.base) && !isUnavailable(values.changed),
  };
}

const isFit = (load: Load | undefined): boolean => load?.status === 'valid';

/** Also of a load that is not fit, where it gave one: it counts for nothing, but is shown. */
const valueOf = (load: Load | undefined, step: string, metric: MetricName): Measure =>
  load === undefined ? unavailable('not-recorded') : loadMetric(load, step, metric);
