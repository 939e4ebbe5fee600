import { randomNumbers } from '../../src/base/random.ts';
import { compareLoads, type CompareOrder } from '../../src/compare/compare-loads.ts';
import type { CompareSettings } from '../../src/compare/settings.ts';
import type { Comparison } from '../../src/result/comparison.ts';
import type { ComparedDocument } from '../../src/result/compared-document.ts';
import type { Load } from '../../src/result/load.ts';
import { evidenceOf, loadOf, type Measured, stepResult } from './loads.ts';
import { sampleSession } from './sample-session.ts';

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

/** A recording in which the changed side regressed, and what that is put down to. */
export function regressedDocument(): ComparedDocument {
  const [base, changed] = [loadsOf('base', about(200, 12, 1)), loadsOf('changed', about(300, 12, 2))];
  const line = { url: 'http://page.test/list.js', line: 7, presence: 'new', baseMs: 0 } as const;
  const times = { changedMs: 96, differenceMs: 96, lowMs: 90, highMs: 103 } as const;
  return {
    schemaVersion: 1,
    kind: 'compared',
    comparison: {
      ...compareLoads(orderOf(base, changed)),
      changes: [
        {
          step: 'click',
          changes: [
            { kind: 'function', name: 'renderRows', ...line, ...times },
            {
              kind: 'reflow',
              name: 'measure',
              ...line,
              ...times,
              presence: 'both',
              baseMs: 4,
              changedMs: 2,
              differenceMs: -2,
              lowMs: -3,
              highMs: -1,
            },
          ],
        },
      ],
    },
    session: { ...sampleSession(), ...evidenceOf([...base, ...changed], ['base', 'changed']), claims: [] },
  };
}

/** INPs about a value, within so many percent, in an order that the seed draws. */
export function about(inp: number, count: number, seed: number, percent = 5): readonly Measured[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => ({ inp: inp * (1 + (percent / 100) * (2 * random() - 1)) }));
}
