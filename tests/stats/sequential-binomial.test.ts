import { describe, expect, test } from 'vitest';
import { type BinomialPlan, binomialPlan, judgeRuns } from '../../src/stats/sequential-binomial.ts';

const MEDIAN = binomialPlan({ looks: [5, 10, 15, 20], quantile: 0.5, alpha: 0.01, beta: 0.05 });

/** All ways in which so many runs can be over the limit or not, and how likely each is. */
function probabilityOf(verdict: string, plan: BinomialPlan, shareOver: number): number {
  const runs = plan.looks.at(-1) ?? 0;
  let probability = 0;
  for (let way = 0; way < 2 ** runs; way++) {
    const isOver = Array.from({ length: runs }, (_, run) => ((way >> run) & 1) === 1);
    if (judgeRuns(isOver, plan).verdict !== verdict) continue;
    const over = isOver.filter(Boolean).length;
    probability += shareOver ** over * (1 - shareOver) ** (runs - over);
  }
  return probability;
}

describe('the plan', () => {
  test('of the median within twenty runs is the one that the simulations were made with', () => {
    expect(MEDIAN.over).toEqual([undefined, 10, 13, 16]);
    expect(MEDIAN.within).toEqual([undefined, 1, 3, 5]);
  });

  test('says exactly how likely its errors are, as all ways counted show', () => {
    const plan = binomialPlan({ looks: [4, 8, 12], quantile: 0.75, alpha: 0.05, beta: 0.2 });
    expect(plan.falseOver).toBeGreaterThan(0);
    expect(plan.falseWithin).toBeGreaterThan(0);
    // A path that crosses one bound is not counted again at the other's: with both watched there can only be fewer.
    expect(probabilityOf('over', { ...plan, within: plan.within.map(() => undefined) }, 0.25)).toBeCloseTo(
      plan.falseOver,
      10,
    );
    expect(probabilityOf('within', { ...plan, over: plan.over.map(() => undefined) }, 0.25)).toBeCloseTo(
      plan.falseWithin,
      10,
    );
  });

  test.each([0.5, 0.75, 0.9])('keeps to the errors that were allowed, at the quantile %s', (quantile) => {
    const plan = binomialPlan({ looks: [5, 10, 15, 20, 30, 40], quantile, alpha: 0.01, beta: 0.05 });
    expect(plan.falseOver).toBeLessThanOrEqual(0.01);
    expect(plan.falseWithin).toBeLessThanOrEqual(0.05);
  });
});

const runs = (over: number, of: number): readonly boolean[] =>
  Array.from({ length: of }, (_, run) => run < over);

describe('runs are judged', () => {
  test('at the first look that tells, and not before', () => {
    expect(judgeRuns(runs(9, 9), MEDIAN)).toEqual({ verdict: 'inconclusive', runs: 9, over: 9 });
    expect(judgeRuns(runs(20, 20), MEDIAN)).toEqual({ verdict: 'over', runs: 10, over: 10 });
    expect(judgeRuns(runs(1, 20), MEDIAN)).toEqual({ verdict: 'within', runs: 10, over: 1 });
  });

  test('with the number of runs that they had if nothing told', () => {
    expect(judgeRuns(runs(8, 20), MEDIAN)).toEqual({ verdict: 'inconclusive', runs: 20, over: 8 });
    expect(judgeRuns([], MEDIAN)).toEqual({ verdict: 'inconclusive', runs: 0, over: 0 });
  });
});
