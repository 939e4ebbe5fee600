import { describe, expect, test } from 'vitest';
import { isUnavailable, unavailable } from '../../src/base/measure.ts';
import type { ComparedMetric, Comparison } from '../../src/result/comparison.ts';
import {
  changeOf,
  comparisonSentences,
  comparisonTitle,
  pairsInWords,
  placeOf,
  versionsCompared,
} from '../../viewer/layout/comparison-words.ts';
import { pairScale, type PairMarks } from '../../viewer/layout/pair-marks.ts';
import { about, compare } from '../support/compared.ts';

/** The marks of the metric that decides. */
function gateOf(comparison: Comparison): { readonly metric: ComparedMetric; readonly marks: PairMarks } {
  const [metric] = comparison.metrics;
  const [marks] = pairScale(comparison).metrics;
  if (metric === undefined || marks === undefined) throw new Error('Nothing was compared.');
  return { metric, marks };
}

const regressed = compare(about(200, 24, 1), about(300, 24, 2));

describe('the pairs of a comparison', () => {
  test('have a dot each, right of the middle where the changed version is slower', () => {
    const { marks } = gateOf(
      compare([{ inp: 200 }, { inp: 200 }, { inp: 200 }], [{ inp: 300 }, { inp: 100 }, { inp: 200 }]),
    );
    expect(marks.noChange).toBe(0.5);
    expect(marks.dots.map(({ ratio, share }) => [ratio, Math.sign(share - 0.5)])).toEqual([
      [expect.closeTo(1.5, 9), 1],
      [expect.closeTo(0.5, 9), -1],
      [1, 0],
    ]);
  });

  test('lie as far to the right when twice as slow as to the left when twice as fast', () => {
    const { marks } = gateOf(compare([{ inp: 100 }, { inp: 200 }], [{ inp: 200 }, { inp: 100 }]));
    const [slower, faster] = marks.dots.map(({ share }) => share - 0.5);
    expect(slower).toBeCloseTo(-(faster ?? 0), 9);
  });

  test('that do not count have none', () => {
    const { marks, metric } = gateOf(
      compare([{ inp: 200 }, undefined, { inp: 200 }], [{ inp: 210 }, { inp: 210 }, { inp: 190 }]),
    );
    expect(metric.pairs).toHaveLength(3);
    expect(marks.dots.map(({ round }) => round)).toEqual([0, 2]);
    const [first, ...others] = metric.pairs;
    const without = {
      ...metric,
      pairs: [...(first === undefined ? [] : [{ ...first, counts: false }]), ...others],
    };
    const [own] = pairScale({ ...regressed, metrics: [without] }).metrics;
    expect(own?.dots.map(({ round }) => round)).toEqual([2]);
  });

  test('that came after the verdict are told from those that gave it', () => {
    const { marks, metric } = gateOf(regressed);
    expect(metric.judgedPairs).toBeLessThan(24);
    expect(marks.dots.filter(({ isJudged }) => isJudged)).toHaveLength(metric.judgedPairs);
    expect(marks.dots).toHaveLength(24);
  });

  test('stay on the scale, an outlier of a hundred times too, which all others then share', () => {
    const calm = about(200, 11, 3).map(({ inp = 0 }) => ({ inp }));
    const { marks } = gateOf(compare([...calm, { inp: 100 }], [...calm, { inp: 10_000 }]));
    const shares = marks.dots.map(({ share }) => share);
    expect(Math.max(...shares)).toBeLessThan(1);
    expect(shares.filter((share) => share > 0.6)).toHaveLength(1);
  });
});

test('the interval holds the estimate, and no change where it is no regression', () => {
  const { marks, metric } = gateOf(regressed);
  expect(metric.finding).toBe('regressed');
  const { low, estimate, high } = marks.interval ?? { low: 0, estimate: 0, high: 0 };
  expect(low).toBeGreaterThan(marks.noChange);
  expect(estimate).toBeGreaterThanOrEqual(low);
  expect(high).toBeGreaterThanOrEqual(estimate);
});

test('too few pairs have dots and no interval', () => {
  const { marks } = gateOf(compare([{ inp: 200 }], [{ inp: 210 }]));
  expect([marks.dots.length, marks.interval]).toEqual([1, undefined]);
});

/** δ of a steady base, as the strip shows it: a share. */
function marginOf(inp: number): number {
  const comparison = compare(about(inp, 12, 1, 0), about(inp, 12, 2, 0));
  const scale = pairScale(comparison);
  const ten = scale.ticks.find(({ percent }) => percent > 0);
  const { marks } = gateOf(comparison);
  // The scale is logarithmic: a tick's place tells its reach.
  const reach = Math.log(1 + (ten?.percent ?? 0) / 100) / ((ten?.share ?? 1) - 0.5);
  return Math.exp(((marks.margin ?? 0.5) - 0.5) * reach) - 1;
}

describe('δ', () => {
  test('is the margin in percent of a slow base', () => {
    expect(marginOf(400)).toBeCloseTo(0.1, 6);
  });

  test('is a frame where that is more', () => {
    expect(marginOf(50)).toBeCloseTo(1000 / 60 / 50, 6);
  });

  test('does not squeeze the pairs where it lies beyond them', () => {
    const { marks } = gateOf(compare(about(1, 12, 1), about(1, 12, 2)));
    expect(marks.margin).toBeGreaterThan(1);
    expect(Math.max(...marks.dots.map(({ share }) => Math.abs(share - 0.5)))).toBeGreaterThan(0.2);
  });

  test('is not known without a base', () => {
    const { metric } = gateOf(regressed);
    const without = { ...metric, base: { ...metric.base, median: unavailable('too-few-pairs') } } as const;
    expect(pairScale({ ...regressed, metrics: [without] }).metrics[0]?.margin).toBeUndefined();
  });
});

test('ticks stand at no change and at round percents to both sides, within the scale', () => {
  const { ticks } = pairScale(regressed);
  expect(ticks.map(({ percent }) => percent)).toEqual([expect.any(Number), 0, expect.any(Number)]);
  expect(ticks.every(({ share }) => share >= 0 && share <= 1)).toBe(true);
  expect(ticks.map(({ share }) => share)).toEqual(ticks.map(({ share }) => share).toSorted((a, b) => a - b));
});

describe('the scale', () => {
  const alike = compare(about(400, 6, 1, 0), about(400, 6, 1, 0));
  const ticksOf = (marginPercent: number): readonly number[] =>
    pairScale({ metrics: [], design: { ...alike.design, marginPercent } }).ticks.map(
      ({ percent }) => percent,
    );

  test('holds the margin in percent where nothing differs', () => {
    const { margin } = gateOf(alike).marks;
    expect(margin).toBeGreaterThan(0.5);
    expect(margin).toBeLessThan(1);
  });

  test('makes no drama of a hundredth', () => {
    const [metric] = compare([{ inp: 400 }], [{ inp: 404 }]).metrics;
    if (metric === undefined) throw new Error('Nothing was compared.');
    const design = { ...alike.design, marginPercent: 0.1 };
    const [marks] = pairScale({ metrics: [metric], design }).metrics;
    expect(marks?.dots[0]?.share).toBeLessThan(0.65);
  });

  test('has no tick at its very end, where its label would be cut', () => {
    expect(ticksOf(100)).toEqual([-50, 0, 100]);
    // Twice as slow is on the scale still, but for a hundredth.
    expect(ticksOf(98)).toEqual([-20, 0, 50]);
  });
});

describe('in words', () => {
  test.each([
    [1.123, '+12 %'],
    [0.9, '−10 %'],
    [1, '0 %'],
    [1.0001, '0 %'],
    [0.9999, '0 %'],
  ])('a ratio of %d is a change of %s', (ratio, change) => {
    expect(changeOf(ratio)).toBe(change);
  });

  test('the pairs are told by how many count, and their interval', () => {
    const { metric } = gateOf(regressed);
    expect(pairsInWords(metric)).toMatch(/^\d+ pairs judged of 24: \+\d.* %, interval \+.* % to \+.* %$/);
    expect(pairsInWords(gateOf(compare([{ inp: 200 }], [{ inp: 210 }])).metric)).toBe(
      '1 pair judged of 1: too few for an interval',
    );
  });

  test('that loads fail more often is told too', () => {
    const failures = { ...regressed.failures, finding: 'fails-more', sentence: 'More loads fail' } as const;
    expect(comparisonSentences({ ...regressed, failures }).at(-1)).toBe('More loads fail.');
  });

  test('a change stands at its file and line, where it stands in any', () => {
    const change = {
      kind: 'stage',
      name: 'x',
      presence: 'both',
      baseMs: 1,
      changedMs: 2,
      differenceMs: 1,
      lowMs: 1,
      highMs: 1,
    } as const;
    expect(placeOf({ ...change, url: 'app.js', line: 7 })).toBe('app.js:7');
    expect(placeOf({ ...change, url: 'app.js', line: unavailable('not-recorded') })).toBe('app.js');
    expect(placeOf({ ...change, url: '', line: 7 })).toBe('');
  });

  test('the verdict comes first, with which was compared against which', () => {
    expect(comparisonTitle(regressed)).toBe('Regressed: changed against base');
    expect(comparisonTitle(compare(about(200, 24, 1), about(200, 24, 1)))).toMatch(/^No regression: /);
  });

  test('it is said which versions have those names, where that is known', () => {
    const base = { ...regressed.base, description: 'commit 1f2e3d4c5b6a' };
    expect(
      versionsCompared({ ...regressed, base, changed: { ...regressed.changed, description: '' } }),
    ).toEqual(['base: commit 1f2e3d4c5b6a']);
  });

  test('what was recorded apart has no verdict', () => {
    const stored = compare(about(200, 24, 1), about(300, 24, 2), { pairing: 'stored-baseline' });
    expect(comparisonTitle(stored)).toMatch(/^Stored baseline: not a gate: /);
  });

  test('what decides is told, and signals are not', () => {
    const [sentence, ...others] = comparisonSentences(regressed);
    expect(sentence).toMatch(/^click: INP is .* higher .*: it regressed\.$/);
    expect(others).toEqual([]);
  });

  test('the worst is told first', () => {
    const [metric] = regressed.metrics;
    if (metric === undefined) throw new Error('Nothing was compared.');
    const fine = { ...metric, step: 'fine', finding: 'no-regression' } as const;
    const [first] = comparisonSentences({ ...regressed, metrics: [fine, metric] });
    expect(first).toMatch(/^click: /);
  });

  test('of many metrics the largest changes are told, and what became of the others', () => {
    const { metric } = gateOf(regressed);
    if (isUnavailable(metric.ratio)) throw new Error('Its pairs give an interval.');
    const { ratio } = metric;
    const named = (step: string, estimate: number, finding: ComparedMetric['finding']): ComparedMetric => ({
      ...metric,
      step,
      finding,
      ratio: { ...ratio, estimate },
    });
    const five = [1, 2, 3, 4, 5].map((size) => named(`step-${String(size)}`, size, 'inconclusive'));
    const told = (metrics: readonly ComparedMetric[]): readonly string[] =>
      comparisonSentences({ ...regressed, metrics }).map((text) => text.replace(/: INP .*/, ''));
    expect(told(five)).toEqual(['step-5', 'step-4', 'step-3', 'step-2', 'step-1']);
    expect(told([...five, named('fine', 9, 'no-regression'), named('slow', 2, 'regressed')])).toEqual([
      'slow',
      'step-5',
      'step-4',
      'step-3',
      '3 more metrics: 2 inconclusive, 1 did not regress.',
    ]);
  });
});
