import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { planLoads, type PlanOptions } from '../../src/capture/session/plan.ts';

const options: fc.Arbitrary<PlanOptions> = fc.record({
  variants: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }),
  runs: fc.integer({ min: 1, max: 8 }),
  warmUps: fc.nat(3),
  seed: fc.nat(2 ** 31),
});

test('each round has every variant once, one after the other, and warm-up rounds come first', () => {
  fc.assert(
    fc.property(options, ({ variants, runs, warmUps, seed }) => {
      const plan = planLoads({ variants, runs, warmUps, seed });
      expect(plan).toHaveLength((runs + warmUps) * variants.length);
      for (const [index, { round, warmUp }] of plan.entries()) {
        expect(round).toBe(Math.floor(index / variants.length));
        expect(warmUp).toBe(round < warmUps);
      }
      for (const loads of Map.groupBy(plan, ({ round }) => round).values()) {
        expect(loads.map(({ variant }) => variant).toSorted()).toEqual(variants.toSorted());
      }
    }),
  );
});

test('the same seed gives the same order', () => {
  fc.assert(
    fc.property(options, (chosen) => {
      expect(planLoads(chosen)).toEqual(planLoads(chosen));
    }),
  );
});

test('either variant comes first in about half of the rounds', () => {
  const rounds = 2000;
  const plan = planLoads({ variants: ['a', 'b'], runs: rounds, warmUps: 0, seed: 1 });
  const first = plan.filter(({ variant }, index) => index % 2 === 0 && variant === 'a').length;
  const standardError = Math.sqrt(rounds) / 2;
  expect(Math.abs(first - rounds / 2)).toBeLessThan(4 * standardError);
});

test('every order of three variants comes up', () => {
  const plan = planLoads({ variants: ['a', 'b', 'c'], runs: 200, warmUps: 0, seed: 7 });
  const rounds = [...Map.groupBy(plan, ({ round }) => round).values()];
  const orders = rounds.map((loads) => loads.map(({ variant }) => variant).join(''));
  expect(new Set(orders).size).toBe(6);
});

test('neighbouring seeds give different orders', () => {
  const seeds = Array.from({ length: 100 }, (_, seed) => seed);
  expect(new Set(seeds.map(orderOf)).size).toBe(seeds.length);
});

const orderOf = (seed: number): string =>
  planLoads({ variants: ['a', 'b'], runs: 30, warmUps: 0, seed })
    .map(({ variant }) => variant)
    .join('');

test('the shards of a plan have its rounds between them, each in the order of the whole, and all warm-ups', () => {
  fc.assert(
    fc.property(options, fc.integer({ min: 1, max: 4 }), (chosen, of) => {
      const whole = planLoads(chosen);
      const shards = Array.from({ length: of }, (_, index) =>
        planLoads({ ...chosen, shard: { index: index + 1, of } }),
      );
      for (const shard of shards) {
        expect(shard.filter(({ warmUp }) => warmUp)).toEqual(whole.filter(({ warmUp }) => warmUp));
      }
      const together = shards.flat().filter(({ warmUp }) => !warmUp);
      expect(together.toSorted((a, b) => a.round - b.round)).toEqual(whole.filter(({ warmUp }) => !warmUp));
    }),
  );
});
