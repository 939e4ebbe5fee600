import { median } from '../../src/base/median.ts';
import { normalTail, studentTail } from './distributions.ts';
import type { Design, Measuring, Sample } from './worlds.ts';

/** How another tool compares two versions: how it records, and when it calls the changed one slower. */
export interface Rule {
  readonly name: string;
  readonly design: Design;
  readonly measuring: Measuring;
  /** At most so many runs of each side. */
  readonly runs: number;
  readonly judge: (sample: Sample) => { readonly isSlower: boolean; readonly runs: number };
}

/** What a page's own Event Timing gives: one interaction of each load, in steps of 8 ms. */
const IN_PAGE: Measuring = { repetitions: 1, roundedToMs: 8 };

export const OTHER_RULES: readonly Rule[] = [
  {
    // 50 samples each, then 10 more until the 95 % interval of the difference of means excludes 0, for about three minutes.
    name: 'tachometer: t interval, auto-sample 50–110',
    design: 'alternating',
    measuring: IN_PAGE,
    runs: 110,
    judge(sample) {
      for (let runs = 50; runs <= 110; runs += 10) {
        const difference = mean(sample.changed, runs) - mean(sample.base, runs);
        const error = Math.sqrt((variance(sample.base, runs) + variance(sample.changed, runs)) / runs);
        const p = studentTail(Math.abs(difference) / error, runs - 1);
        if (p < 0.025) return { isSlower: difference > 0, runs };
      }
      return { isSlower: false, runs: 110 };
    },
  },
  {
    // Mann–Whitney, one-sided, without continuity, at 5 %; the base is a result that was stored before.
    name: 'sitespeed.io compare: U test of a stored baseline, 20 runs',
    design: 'stored',
    measuring: IN_PAGE,
    runs: 20,
    judge: (sample) => ({ isSlower: mannWhitney(sample, { continuity: 0, ties: true }) < 0.05, runs: 20 }),
  },
  {
    // Mann–Whitney, two-sided, without correction for ties, at 5 %, and a shift of at least 1 ms.
    name: 'TracerBench: U test and shift ≥ 1 ms, 20 runs',
    design: 'random',
    measuring: IN_PAGE,
    runs: 20,
    judge: (sample) => ({
      isSlower: mannWhitney(sample, { continuity: 0.5, ties: false }) < 0.025 && shift(sample) >= 1,
      runs: 20,
    }),
  },
  {
    name: 'TracerBench’s gate: the same and shift > 50 ms',
    design: 'random',
    measuring: IN_PAGE,
    runs: 20,
    judge: (sample) => ({
      isSlower: mannWhitney(sample, { continuity: 0.5, ties: false }) < 0.025 && shift(sample) > 50,
      runs: 20,
    }),
  },
  {
    // It has no comparison: a limit is written down, here 10 % above what the last build measured.
    name: 'Lighthouse CI: median of 5 against the last build’s + 10 %',
    design: 'stored',
    measuring: IN_PAGE,
    runs: 5,
    judge: ({ base, changed }) => ({ isSlower: median(changed) > 1.1 * median(base), runs: 5 }),
  },
  {
    name: 'Lighthouse CI’s default: best of 3 against the last build’s + 10 %',
    design: 'stored',
    measuring: IN_PAGE,
    runs: 3,
    judge: ({ base, changed }) => ({ isSlower: Math.min(...changed) > 1.1 * Math.min(...base), runs: 3 }),
  },
];

const mean = (values: readonly number[], count: number): number =>
  values.slice(0, count).reduce((sum, value) => sum + value, 0) / count;

function variance(values: readonly number[], count: number): number {
  const middle = mean(values, count);
  return values.slice(0, count).reduce((sum, value) => sum + (value - middle) ** 2, 0) / (count - 1);
}

interface RankOptions {
  readonly continuity: number;
  readonly ties: boolean;
}

/** How likely the changed side would be at least so much larger, by the normal approximation. */
function mannWhitney({ base, changed }: Sample, { continuity, ties }: RankOptions): number {
  const wins = changed.reduce(
    (sum, b) => sum + base.reduce((own, a) => own + (1 + Math.sign(b - a)) / 2, 0),
    0,
  );
  const n = base.length;
  const m = changed.length;
  const all = n + m;
  const tied = ties ? tieTerm([...base, ...changed]) : 0;
  const spread = ((n * m) / 12) * (all + 1 - tied / (all * (all - 1)));
  if (spread <= 0) return 0.5;
  return normalTail((wins - (n * m) / 2 - continuity) / Math.sqrt(spread));
}

function tieTerm(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + count ** 3 - count, 0);
}

/** Hodges–Lehmann, of two samples. */
const shift = ({ base, changed }: Sample): number => median(changed.flatMap((b) => base.map((a) => b - a)));
