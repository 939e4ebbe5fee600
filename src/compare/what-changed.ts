import type { Load } from '../result/load.ts';
import { bootstrapMean } from '../stats/bootstrap.ts';
import type { Change, ChangeKind, StepChanges } from '../result/changes.ts';
import { pathOf } from './address-path.ts';
import type { LoadPair } from './load-pairs.ts';
import { type SpentTime, spentTimes } from './spent-time.ts';

/** There are many things that may seem to differ. */
const CONFIDENCE = 0.99;
const RESAMPLES = 2000;
const MOST_CHANGES = 20;
/** Shorter differences of a load's mean are the clock's and the sampling's. */
const LEAST_MS = 0.1;

/**
 * What takes another time in a step's interaction than in the base: the mean of each load's repetitions, their differences within the
 * pairs, and a bootstrap of these. Only what is surely other is named, the largest difference first; what is in no load of one side is
 * new or gone.
 */
export function whatChanged(pairs: readonly LoadPair[], step: string, seed: number): StepChanges {
  const both = pairs.flatMap(({ base, changed }) =>
    isFit(base) && isFit(changed) ? [{ base: byKey(base, step), changed: byKey(changed, step) }] : [],
  );
  const known = new Map(both.flatMap(({ base, changed }) => [...base, ...changed]));
  const changes = [...known].flatMap(([key, { time }]) => {
    const base = both.map((pair) => pair.base.get(key)?.ms ?? 0);
    const changed = both.map((pair) => pair.changed.get(key)?.ms ?? 0);
    const change = changeOf(time, base, changed, seed);
    return change === undefined ? [] : [change];
  });
  return {
    step,
    changes: changes.toSorted(byKindAndSize).slice(0, MOST_CHANGES),
  };
}

const isFit = (load: Load | undefined): load is Load => load?.status === 'valid';

interface Total {
  readonly time: SpentTime;
  /** Mean over the load's repetitions. */
  readonly ms: number;
}

function byKey(load: Load, step: string): ReadonlyMap<string, Total> {
  const repetitions = spentTimes(load, step);
  const totals = new Map<string, Total>();
  for (const time of repetitions.flat()) {
    const key = keyOf(time);
    const ms = (totals.get(key)?.ms ?? 0) + time.ms / repetitions.length;
    totals.set(key, { time, ms });
  }
  return totals;
}

/** Lines move from one version to the next: a function is the same by its name, if it has one. */
const keyOf = ({ kind, name, url, line }: SpentTime): string =>
  JSON.stringify([kind, name, fileOf(url), name === '' ? line : null]);

/** Without the host, which differs, and the hash that bundlers write into names. */
const fileOf = (url: string): string => pathOf(url).replace(/[.-][0-9a-f]{8,}(?=\.\w+$)/i, '');

function changeOf(
  { kind, name, url, line }: SpentTime,
  base: readonly number[],
  changed: readonly number[],
  seed: number,
): Change | undefined {
  const differences = changed.map((value, index) => value - (base[index] ?? 0));
  const interval = bootstrapMean(differences, { confidence: CONFIDENCE, resamples: RESAMPLES, seed });
  if (interval === undefined || (interval.low <= 0 && interval.high >= 0)) return undefined;
  if (Math.abs(interval.mean) < LEAST_MS) return undefined;
  return {
    kind,
    name,
    url,
    line,
    presence: presenceOf(base, changed),
    baseMs: mean(base),
    changedMs: mean(changed),
    differenceMs: interval.mean,
    lowMs: interval.low,
    highMs: interval.high,
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function presenceOf(base: readonly number[], changed: readonly number[]): Change['presence'] {
  if (base.every((value) => value === 0)) return 'new';
  return changed.every((value) => value === 0) ? 'gone' : 'both';
}

/** The stages are what the others are part of: they come first. */
const byKindAndSize = (a: Change, b: Change): number =>
  rank(a.kind) - rank(b.kind) || Math.abs(b.differenceMs) - Math.abs(a.differenceMs);

const rank = (kind: ChangeKind): number => (kind === 'stage' ? 0 : 1);
