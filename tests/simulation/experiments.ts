import { judgeSamples, type OwnOptions } from './own-rule.ts';
import type { Rule } from './other-rules.ts';
import { seeded } from './random.ts';
import { draw, type Measuring, type Version, type World } from './worlds.ts';

/** What INPact takes: five repetitions, in the trace's microseconds. */
export const OWN_MEASURING: Measuring = { repetitions: 5, roundedToMs: 0 };

export interface Effect {
  /** Of the measured value. */
  readonly percent: number;
  readonly ms: number;
}

export const NO_EFFECT: Effect = { percent: 0, ms: 0 };

export interface Experiment {
  readonly world: World;
  readonly effect: Effect;
  readonly repetitions: number;
  readonly seed: number;
  /** Of the first metric, in milliseconds of work. */
  readonly workMs: number;
}

export interface OwnShares {
  /** Shares of all repetitions. */
  readonly slower: number;
  readonly cleared: number;
  readonly meanPairs: number;
  readonly repetitions: number;
}

/** How often `inpact compare` gives which verdict on so many metrics together, of which the first has the effect. */
export function runOwn(experiment: Experiment, metrics: number, options: OwnOptions): OwnShares {
  const { world, repetitions, seed } = experiment;
  const random = seeded(seed);
  const [base, changed] = versionsOf(experiment, metrics);
  let slower = 0;
  let cleared = 0;
  let pairs = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const samples = draw({
      random,
      world,
      design: 'random',
      measuring: OWN_MEASURING,
      base,
      changed,
      pairs: options.maxPairs,
    });
    const outcome = judgeSamples(samples, options);
    if (outcome.verdict === 'slower') slower += 1;
    if (outcome.verdict === 'not-slower') cleared += 1;
    pairs += outcome.pairs;
  }
  return {
    slower: slower / repetitions,
    cleared: cleared / repetitions,
    meanPairs: pairs / repetitions,
    repetitions,
  };
}

export interface OtherShares {
  readonly slower: number;
  readonly meanRuns: number;
}

/** How often another tool calls the changed version slower. */
export function runOther(experiment: Experiment, rule: Rule): OtherShares {
  const { world, repetitions, seed } = experiment;
  const random = seeded(seed);
  const [base, changed] = versionsOf(experiment, 1);
  let slower = 0;
  let runs = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const [sample] = draw({ ...rule, random, world, base, changed, pairs: rule.runs });
    if (sample === undefined) continue;
    const outcome = rule.judge(sample);
    if (outcome.isSlower) slower += 1;
    runs += outcome.runs;
  }
  return { slower: slower / repetitions, meanRuns: runs / repetitions };
}

/** Half a frame is waited on average, and does not grow with the work: the effect is of both together. */
const MEAN_WAIT_MS = 1000 / 120;

function versionsOf({ effect, workMs }: Experiment, metrics: number): readonly [Version, Version] {
  const base: Version = {
    workMs: Array.from({ length: metrics }, (_, metric) => workMs + 20 * metric),
    slowerBy: 0,
    slowerByMs: 0,
  };
  const slowerBy = (effect.percent / 100) * (1 + MEAN_WAIT_MS / workMs);
  return [base, { ...base, slowerBy, slowerByMs: effect.ms }];
}
