import { describe, expect, test } from 'vitest';
import { isUnavailable, unavailable } from '../../src/base/measure.ts';
import { compareLoads, type CompareOrder, isSettled } from '../../src/compare/compare-loads.ts';
import type { ComparedMetric, Comparison } from '../../src/result/comparison.ts';
import type { Load } from '../../src/result/load.ts';
import type { StepExpectation } from '../../src/result/session.ts';
import { about, compare, loadsOf, orderOf, SETTINGS } from '../support/compared.ts';
import { loadOf, type Measured, stepResult } from '../support/loads.ts';

const inpOf = ({ metrics }: Comparison): ComparedMetric => {
  const [found] = metrics;
  if (found === undefined) throw new Error('Nothing was compared.');
  return found;
};

/** Loads that lie in two heaps. */
const heaps = (seed: number): readonly Measured[] =>
  about(200, 24, seed, 2).map(({ inp = 0 }, index) => ({
    inp: (index * 7 + seed) % 3 === 0 ? inp * 1.6 : inp,
  }));

const withIcp =
  (icp: number) =>
  (measured: Measured): Measured => ({ ...measured, icp });

/** One task, all of it on the processor. */
const withCpu =
  (ms: number) =>
  (measured: Measured): Measured => ({ ...measured, tasks: [[ms, ms]] });

const warmUpOf = (variant: string) =>
  loadOf([stepResult('click', { inp: 900, icp: 900 })], { variant, round: 0, warmUp: true });

/** Rounds from the first after the warm-up. */
const later = (variant: string, seed: number) =>
  loadsOf(variant, about(200, 8, seed)).map((load) => ({ ...load, round: load.round + 1 }));

const invalidFirst = (load: Load, round: number): Load =>
  round === 0 ? { ...load, status: 'invalid' } : load;

const at =
  (startedAt: string) =>
  (load: Load): Load => ({ ...load, startedAt });

const failed = (count: number): readonly undefined[] => Array.from({ length: count }, () => undefined);

describe('a version', () => {
  test('that is a quarter slower has regressed after twelve pairs, with the figures in a sentence', () => {
    const comparison = compare(about(200, 12, 1), about(250, 12, 2));
    const inp = inpOf(comparison);
    expect(comparison.verdict).toBe('fail');
    expect(inp).toMatchObject({ finding: 'regressed', judgedPairs: 12, p: 1 / 4096, role: 'gate' });
    expect(inp.sentence).toMatch(
      /^INP is 2\d\.\d % higher \(\+\d+\.\d % to \+\d+\.\d %\), by 12 pairs: it regressed$/,
    );
    expect(inp.advice).toBeNull();
    expect(inp.ratio).toMatchObject({ confidence: 0.9 });
    expect(isSettled(comparison)).toBe(true);
  });

  test('that does not differ is cleared after eight pairs', () => {
    const comparison = compare(about(200, 8, 3), about(200, 8, 4));
    expect(inpOf(comparison)).toMatchObject({ finding: 'no-regression', judgedPairs: 8 });
    expect(inpOf(comparison).sentence).toContain('it did not regress by 10 % or more');
    expect([comparison.verdict, isSettled(comparison)]).toEqual(['pass', true]);
  });

  test('that is faster has improved, and passes', () => {
    expect(inpOf(compare(about(200, 8, 5), about(150, 8, 6)))).toMatchObject({
      finding: 'improved',
      verdict: 'pass',
    });
  });

  test('is not judged before the first look', () => {
    const comparison = compare(about(200, 7, 7), about(300, 7, 8));
    expect([comparison.verdict, isSettled(comparison)]).toEqual(['inconclusive', false]);
    expect(inpOf(comparison).advice).toContain('continue it with --resume');
  });

  test('with short interactions may be slower by a frame', () => {
    const comparison = compare(about(16, 8, 9), about(21, 8, 10));
    expect(inpOf(comparison).finding).toBe('no-regression');
    expect(inpOf(comparison).sentence).toContain('it did not regress by 16.7 ms or more');
  });

  test('in loads that lie in heaps is told that more loads help', () => {
    const comparison = compare(
      heaps(11),
      heaps(12).map(({ inp = 0 }) => ({ inp: inp * 1.05 })),
    );
    expect(inpOf(comparison)).toMatchObject({ finding: 'inconclusive', judgedPairs: 24 });
    expect(inpOf(comparison).advice).toContain('--thorough');
  });
});

test('what is recorded after a verdict changes nothing', () => {
  const base = about(200, 24, 13);
  const changed = [...about(250, 12, 14), ...about(100, 12, 15)];
  expect(inpOf(compare(base, changed))).toMatchObject({ finding: 'regressed', judgedPairs: 12 });
});

test('several metrics are each judged more strictly, and all must be cleared', () => {
  const settings = { ...SETTINGS, metrics: ['inpMs', 'icpMs'] as const };
  const comparison = compare(about(200, 12, 16).map(withIcp(300)), about(230, 12, 17).map(withIcp(300)), {
    settings,
  });
  expect(comparison.design.gatedMetrics).toBe(2);
  expect(inpOf(comparison).threshold).toBe(0.00048828125 / 2);
  expect(comparison.metrics.map(({ metric, role }) => `${metric} ${role}`)).toEqual([
    'inpMs gate',
    'icpMs gate',
    'interactionCpuMs signal',
  ]);
});

test('a metric that the page does not give is left out of the gate, and named', () => {
  const settings = { ...SETTINGS, metrics: ['inpMs', 'icpMs'] as const };
  const comparison = compare(about(200, 8, 18), about(200, 8, 19), { settings });
  expect(comparison.design.gatedMetrics).toBe(1);
  expect(comparison.notes).toEqual(['ICP of click is not compared: no-contentful-change.']);
  expect(comparison.verdict).toBe('pass');
});

test('a value that only one version gives is not passed over', () => {
  const settings = { ...SETTINGS, metrics: ['icpMs'] as const };
  const comparison = compare(about(200, 8, 20).map(withIcp(300)), about(200, 8, 21), {
    settings,
  });
  expect(comparison.verdict).toBe('inconclusive');
  expect(inpOf(comparison).advice).toBe(
    'Loads have no value: no-contentful-change. Most pairs do not count.',
  );
});

describe('a load that failed', () => {
  test('voids its pair, which is kept', () => {
    const base = about(200, 9, 22);
    const changed = [...about(200, 4, 23), undefined, ...about(200, 4, 24)];
    const comparison = compare(base, changed);
    expect(inpOf(comparison).pairs.map(({ counts }) => counts)).toEqual([
      true,
      true,
      true,
      true,
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(inpOf(comparison)).toMatchObject({ finding: 'no-regression', judgedPairs: 8 });
    expect(comparison.failures).toMatchObject({ finding: 'alike', verdict: 'pass' });
    expect(comparison.changed).toMatchObject({ loads: 9, unfit: 1 });
  });

  test('often, of the changed version only, is itself a regression', () => {
    const comparison = compare(about(200, 16, 25), [...about(200, 8, 26), ...failed(8)]);
    expect(comparison.failures).toMatchObject({ finding: 'fails-more', verdict: 'fail' });
    expect(comparison.failures.sentence).toBe(
      'changed fails more often: 0 of 16 loads of base and 8 of 16 loads of changed were not fit to be judged',
    );
    expect(comparison.verdict).toBe('fail');
  });

  test('more often, but not surely, leaves the verdict open', () => {
    const comparison = compare(about(200, 13, 27), [...about(200, 8, 28), ...failed(5)]);
    expect(inpOf(comparison).finding).toBe('no-regression');
    expect(comparison.failures).toMatchObject({
      finding: 'open',
      sentence:
        'changed seems to fail more often: 0 of 13 loads of base and 5 of 13 loads of changed were not fit to be judged',
    });
    expect(comparison.verdict).toBe('inconclusive');
  });

  test('more often in the base passes', () => {
    expect(compare([...about(200, 8, 25), ...failed(8)], about(200, 16, 26))).toMatchObject({
      verdict: 'pass',
      failures: {
        finding: 'fails-less',
        sentence:
          'changed fails less often: 8 of 16 loads of base and 0 of 16 loads of changed were not fit to be judged',
      },
    });
  });

  test('but gave a value all the same is shown, and does not count', () => {
    const unfit = loadsOf('base', about(200, 9, 41)).map((load, round) =>
      round === 3 ? { ...load, status: 'invalid' as const } : load,
    );
    const pair = inpOf(compareLoads(orderOf(unfit, loadsOf('changed', about(200, 9, 42))))).pairs[3];
    expect(pair?.counts).toBe(false);
    expect(pair === undefined || isUnavailable(pair.base)).toBe(false);
  });

  test('does not tell which metrics the page gives, even if it is the first', () => {
    const settings = { ...SETTINGS, metrics: ['inpMs', 'icpMs'] as const };
    const withoutPaint = [{ inp: 200 }, ...about(200, 8, 43).map(withIcp(300))];
    const comparison = compareLoads(
      orderOf(loadsOf('base', withoutPaint).map(invalidFirst), loadsOf('changed', withoutPaint), {
        settings,
      }),
    );
    expect([comparison.design.gatedMetrics, comparison.notes]).toEqual([2, []]);
  });
});

test('pairs are in the order of their rounds, and say which load was first', () => {
  const [base, changed] = [loadsOf('base', about(200, 3, 44)), loadsOf('changed', about(200, 3, 45))];
  const [early, late] = ['2026-11-23T10:00:00.000Z', '2026-11-23T10:00:09.000Z'];
  const comparison = compareLoads(orderOf(base.map(at(late)).toReversed(), changed.map(at(early))));
  expect(inpOf(comparison).pairs.map(({ round, baseFirst }) => [round, baseFirst])).toEqual([
    [0, false],
    [1, false],
    [2, false],
  ]);
  const other = compareLoads(orderOf(base.map(at(early)), changed.map(at(late))));
  expect(inpOf(other).pairs.map(({ baseFirst }) => baseFirst)).toEqual([true, true, true]);
});

test('what changed is told of the steps that regressed, and of no other', () => {
  const slow = compare(about(200, 12, 46), about(250, 12, 47));
  expect(slow.changes.map(({ step }) => step)).toEqual(['click']);
  expect(compare(about(200, 8, 48), about(200, 8, 49)).changes).toEqual([]);
});

test('a comparison that stays open is settled by as many pairs that count as there may be', () => {
  const settled = (maxPairs: number): boolean =>
    isSettled(compare(heaps(50), heaps(51), { settings: { ...SETTINGS, maxPairs } }));
  expect(inpOf(compare(heaps(50), heaps(51))).finding).toBe('inconclusive');
  expect([settled(24), settled(28)]).toEqual([true, false]);
});

test('a pair whose second load was never recorded is shown, and does not count', () => {
  const comparison = compareLoads(
    orderOf(loadsOf('base', about(200, 9, 29)), loadsOf('changed', about(200, 8, 30))),
  );
  expect(inpOf(comparison).pairs[8]).toMatchObject({ counts: false, changed: unavailable('not-recorded') });
  expect(comparison.changed.unfit).toBe(0);
});

const expecting = (expects: StepExpectation): Partial<CompareOrder> => ({
  scenario: { name: 'shop', steps: [{ name: 'click', description: '', expects }] },
});

const twiceAsSlow = (expects: StepExpectation): Comparison =>
  compare(about(200, 24, 31), about(400, 24, 32), expecting(expects));

test('a step that expects a paint is compared like any interaction, and one that expects nothing is not', () => {
  expect(twiceAsSlow('paint')).toMatchObject({ verdict: 'fail', design: { gatedMetrics: 1 } });
  expect(twiceAsSlow('nothing')).toMatchObject({ verdict: 'inconclusive', metrics: [] });
});

test('that loads fail more often is no gate where they were recorded apart', () => {
  const failing = [...about(200, 12, 1), ...Array<undefined>(12).fill(undefined)];
  const stored = compare(about(200, 24, 2), failing, { pairing: 'stored-baseline' });
  expect([stored.verdict, stored.failures]).toEqual([
    'inconclusive',
    expect.objectContaining({ finding: 'fails-more', verdict: 'inconclusive' }),
  ]);
  expect(compare(about(200, 24, 2), failing).failures.verdict).toBe('fail');
});

/** So many, of which ten are void. */
const voided = (count: number): readonly (Measured | undefined)[] => [
  ...about(216, count - 10, 3, 40),
  ...Array<undefined>(10).fill(undefined),
];

const advice = (count: number): string | null =>
  inpOf(compare(about(200, count, 4, 40), voided(count))).advice;

test('it is not said to go on where all pairs are recorded, but what voided them', () => {
  // Thirty are planned for twenty-four that count.
  expect(advice(30)).toBe(
    'Loads have no value: no-step. 10 pairs of 30 do not count: record anew when that is mended.',
  );
  expect(advice(29)).toContain('continue it with --resume');
});

test('loads that were recorded apart are no gate, however they differ', () => {
  const comparison = compare(about(200, 24, 31), about(400, 24, 32), { pairing: 'stored-baseline' });
  expect(comparison.verdict).toBe('inconclusive');
  expect(comparison.notes[0]).toMatch(/^Stored baseline: not a gate\./);
  // Why, and what to do about it, is said once and not of each metric.
  expect(comparison.notes[0]).toMatch(/Record both versions in one run for a verdict: .*\.$/);
  expect(inpOf(comparison)).toMatchObject({
    finding: 'inconclusive',
    sentence: expect.stringMatching(/^INP is .* higher \(.*\), by 24 pairs$/),
    advice: null,
  });
  expect(isUnavailable(inpOf(comparison).ratio)).toBe(false);
});

test('warm-ups are in no figure, but tell what the page gives', () => {
  const settings = { ...SETTINGS, metrics: ['inpMs', 'icpMs'] as const };
  const comparison = compareLoads(
    orderOf([warmUpOf('base'), ...later('base', 33)], [warmUpOf('changed'), ...later('changed', 34)], {
      settings,
    }),
  );
  expect(comparison.design.gatedMetrics).toBe(2);
  expect(comparison.base.loads).toBe(8);
});

test('processor time is shown beside, and fails nothing', () => {
  const comparison = compare(about(200, 12, 35).map(withCpu(50)), about(200, 12, 36).map(withCpu(90)));
  expect(comparison.metrics[1]).toMatchObject({
    metric: 'interactionCpuMs',
    finding: 'regressed',
    severity: 'warn',
  });
  expect(comparison.verdict).toBe('pass');
});
