import { describe, expect, test } from 'vitest';
import { FRAME_MS } from '../../src/compare/settings.ts';
import { BUDGET_RULES, overShares } from './budget.ts';
import { type Experiment, NO_EFFECT, type OwnShares, runOther, runOwn } from './experiments.ts';
import { OTHER_RULES } from './other-rules.ts';
import { WORLD_NAMES, WORLDS, type WorldName } from './worlds.ts';

// A short version of `npm run sim`, whose full tables stand in docs/statistics.md. What is asserted leaves four standard errors.

const SAME = 1500;
const SLOWER = 300;

const OPTIONS = { maxPairs: 24, marginPercent: 10, marginFloorMs: FRAME_MS };

const experiment = (world: WorldName, percent: number, repetitions: number): Experiment => ({
  world: WORLDS[world],
  effect: percent === 0 ? NO_EFFECT : { percent, ms: 0 },
  repetitions,
  seed: 5,
  workMs: 200,
});

const own = (world: WorldName, percent: number, metrics = 1): OwnShares => {
  const repetitions = percent === 0 ? SAME : SLOWER;
  return runOwn(experiment(world, percent, repetitions), metrics, OPTIONS);
};

/** A share that is at most this would be seen above the result once in thirty thousand times. */
const atMost = (share: number, repetitions: number): number =>
  share + 4 * Math.sqrt((share * (1 - share)) / repetitions);
const atLeast = (share: number, repetitions: number): number =>
  share - 4 * Math.sqrt((share * (1 - share)) / repetitions);

describe.each(WORLD_NAMES)('in a world that is %s, comparing', (world) => {
  test('a page with itself hardly ever says that it regressed', () => {
    expect(own(world, 0).slower).toBeLessThanOrEqual(atMost(0.008, SAME));
  });

  test('a page that is 20 % slower hardly ever passes it', () => {
    expect(own(world, 20).cleared).toBeLessThanOrEqual(atMost(0.05, SLOWER));
  });
});

test.each([
  ['quiet', 0.99, 9],
  ['typical', 0.92, 12],
  ['drift', 0.92, 12],
  ['autocorrelated', 0.75, 15],
] as const)(
  'in a world that is %s a tenth more is found, and few pairs tell that nothing is',
  (world, found, pairs) => {
    expect(own(world, 10).slower).toBeGreaterThanOrEqual(atLeast(found, SLOWER));
    expect(own(world, 0).meanPairs).toBeLessThanOrEqual(pairs + 0.5);
  },
);

test('ten metrics together give no more false alarms than one', () => {
  expect(runOwn(experiment('typical', 0, 600), 10, OPTIONS).slower).toBeLessThanOrEqual(atMost(0.005, 600));
});

test('a stored baseline, as sitespeed.io has it, gives many: the worlds are not made for us', () => {
  const rule = OTHER_RULES.find(({ name }) => name.startsWith('sitespeed.io'));
  expect(rule && runOther(experiment('typical', 0, 500), rule).slower).toBeGreaterThan(0.1);
});

test('a page exactly at its budget is hardly ever called over it, one a tenth over is found', () => {
  const [rule] = BUDGET_RULES;
  const [at, tenth] =
    rule === undefined
      ? []
      : overShares({ world: WORLDS.typical, repetitions: 1000, seed: 5 }, rule, [1, 1.1]);
  expect(at?.over).toBeLessThanOrEqual(atMost(0.01, 1000));
  expect(tenth?.over).toBeGreaterThanOrEqual(atLeast(0.95, 1000));
});

test.each(['drift', 'noisy', 'bimodal'] as const)('nor is it in a world that is %s', (world) => {
  const [rule] = BUDGET_RULES;
  const [at] =
    rule === undefined ? [] : overShares({ world: WORLDS[world], repetitions: 1000, seed: 5 }, rule, [1]);
  expect(at?.over).toBeLessThanOrEqual(atMost(0.01, 1000));
});

test('where the machine wanders the guard band takes away half of the false alarms', () => {
  const [guarded, unguarded] = BUDGET_RULES.slice(0, 2).map(
    (rule) => overShares({ world: WORLDS.autocorrelated, repetitions: 1000, seed: 5 }, rule, [1])[0]?.over,
  );
  expect(guarded).toBeLessThan(0.6 * (unguarded ?? 0));
});

test('nor is it, of forty runs, where the machine wanders or all comes together', () => {
  const rule = BUDGET_RULES.find(({ name }) => name.includes('median of up to 40'));
  for (const world of ['autocorrelated', 'hostile'] as const) {
    const [at] =
      rule === undefined ? [] : overShares({ world: WORLDS[world], repetitions: 1000, seed: 5 }, rule, [1]);
    expect(at?.over).toBeLessThanOrEqual(atMost(0.01, 1000));
  }
});
