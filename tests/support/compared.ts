import { randomNumbers } from '../../src/base/random.ts';
import { compareLoads, type CompareOrder } from '../../src/compare/compare-loads.ts';
import type { CompareSettings } from '../../src/compare/settings.ts';
import type { Comparison } from '../../src/result/comparison.ts';
import type { Load } from '../../src/result/session.ts';
import { loadOf, type Measured, stepResult } from './loads.ts';

export const SETTINGS: CompareSettings = { metrics: ['inpMs'], marginPercent: 10, maxPairs: 24 };

/** One step, `click`, as the loads of one side showed it round by round. A load without measures has failed. */
export const loadsOf = (variant: string, measured: readonly (Measured | undefined)[]): readonly Load[] =>
  measured.map((values, round) =>
    loadOf(values === undefined ? [] : [stepResult('click', values)], {
      variant,
      round,
      ...(values === undefined ? { status: 'failed' } : {}),
    }),
  );

export const orderOf = (
  base: readonly Load[],
  changed: readonly Load[],
  change: Partial<CompareOrder> = {},
): CompareOrder => ({
  scenario: { name: 'shop', steps: [{ name: 'click', description: 'Click', expects: 'interaction' }] },
  base: { variant: { name: 'base', description: 'main', url: 'http://page.test/base' }, loads: base },
  changed: {
    variant: { name: 'changed', description: 'branch', url: 'http://page.test/new' },
    loads: changed,
  },
  pairing: 'interleaved',
  seed: 7,
  repetitions: 5,
  settings: SETTINGS,
  ...change,
});

export const compare = (
  base: readonly (Measured | undefined)[],
  changed: readonly (Measured | undefined)[],
  change: Partial<CompareOrder> = {},
): Comparison => compareLoads(orderOf(loadsOf('base', base), loadsOf('changed', changed), change));

/** INPs about a value, within so many percent, in an order that the seed draws. */
export function about(inp: number, count: number, seed: number, percent = 5): readonly Measured[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => ({ inp: inp * (1 + (percent / 100) * (2 * random() - 1)) }));
}
