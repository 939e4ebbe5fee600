import { logMedian } from '../../src/base/median.ts';
import type { Random } from './random.ts';

/** How a machine and a page disturb what is measured. Standard deviations are of logarithms. */
export interface World {
  readonly betweenLoads: number;
  readonly withinLoad: number;
  /** How often an interaction goes wild, and by which factor, drawn evenly. */
  readonly outliers: { readonly share: number; readonly from: number; readonly to: number };
  /** Between two recordings at different times. */
  readonly betweenSessions: number;
  /** Loads that take another way: how many, and how much slower these are. */
  readonly mode?: { readonly share: number; readonly factor: number };
  /** The machine's own noise, of which each load keeps a part. */
  readonly correlated?: { readonly kept: number; readonly deviation: number };
  /** Slower with each load, and at first: the latter fades within two loads. */
  readonly drift?: { readonly perLoad: number; readonly warmUp: number };
}

const TYPICAL: World = {
  betweenLoads: 0.05,
  withinLoad: 0.09,
  outliers: { share: 0.03, from: 1.3, to: 2.5 },
  betweenSessions: 0.05,
};
const NOISY: World = {
  betweenLoads: 0.08,
  withinLoad: 0.18,
  outliers: { share: 0.08, from: 1.3, to: 4 },
  betweenSessions: 0.08,
  correlated: { kept: 0.5, deviation: 0.08 },
};
const MODE = { share: 0.25, factor: 1.35 };
const DRIFT = { perLoad: 0.005, warmUp: 0.25 };
const CORRELATED = { kept: 0.8, deviation: 0.12 };

export type WorldName = 'quiet' | 'typical' | 'drift' | 'autocorrelated' | 'noisy' | 'bimodal' | 'hostile';

export const WORLDS: Readonly<Record<WorldName, World>> = {
  quiet: {
    betweenLoads: 0.02,
    withinLoad: 0.03,
    outliers: { share: 0.01, from: 1.3, to: 2 },
    betweenSessions: 0.02,
  },
  typical: TYPICAL,
  drift: { ...TYPICAL, drift: DRIFT },
  autocorrelated: { ...TYPICAL, correlated: CORRELATED },
  noisy: NOISY,
  bimodal: { ...TYPICAL, mode: MODE },
  hostile: { ...NOISY, mode: MODE, correlated: CORRELATED, drift: DRIFT },
};

export const WORLD_NAMES: readonly WorldName[] = Object.keys(WORLDS).filter(
  (name): name is WorldName => name in WORLDS,
);

/** What a version of a page takes. */
export interface Version {
  /** Milliseconds of work for each metric, before the wait for a frame. */
  readonly workMs: readonly number[];
  /** The first metric is slower by this share, and by this much. */
  readonly slowerBy: number;
  readonly slowerByMs: number;
}

export interface Measuring {
  /** How often the interaction is repeated within a load. */
  readonly repetitions: number;
  /** What values are rounded to: 8 where a page's own Event Timing gives them, 0 for the trace's microseconds. */
  readonly roundedToMs: number;
}

const FRAME_MS = 1000 / 60;

/** One after the other, the loads of one recording: each gives a value for each metric. */
export type Loads = (version: Version) => readonly number[];

export function session(random: Random, world: World, { repetitions, roundedToMs }: Measuring): Loads {
  let loads = 0;
  const { correlated, drift, mode, outliers } = world;
  let machine = correlated === undefined ? 0 : random.normal() * correlated.deviation;
  const ofSession = random.normal() * world.betweenSessions;
  return ({ workMs, slowerBy, slowerByMs }) => {
    if (correlated !== undefined && loads > 0) {
      const fresh = Math.sqrt(1 - correlated.kept ** 2) * correlated.deviation;
      machine = correlated.kept * machine + fresh * random.normal();
    }
    const drifted = drift === undefined ? 0 : drift.perLoad * loads + drift.warmUp * Math.exp(-loads / 2);
    const ofLoad = ofSession + machine + drifted + world.betweenLoads * random.normal();
    const way = mode !== undefined && random.uniform() < mode.share ? mode.factor : 1;
    loads += 1;
    return workMs.map((work, metric) => {
      const values = Array.from({ length: repetitions }, () => {
        let took = work * way * Math.exp(ofLoad + world.withinLoad * random.normal());
        if (random.uniform() < outliers.share) {
          took *= outliers.from + (outliers.to - outliers.from) * random.uniform();
        }
        if (metric === 0) took = took * (1 + slowerBy) + slowerByMs;
        return rounded(untilFrame(took, random), roundedToMs);
      });
      return logMedian(values);
    });
  };
}

/** The result is shown with the next frame, at whose distance the input comes at random. */
function untilFrame(took: number, random: Random): number {
  const phase = FRAME_MS * random.uniform();
  return Math.ceil((took + phase) / FRAME_MS) * FRAME_MS - phase;
}

const rounded = (value: number, to: number): number =>
  to === 0 ? value : Math.max(to, Math.round(value / to) * to);

/** So many values of both sides, for the first metric. */
export interface Sample {
  readonly base: readonly number[];
  readonly changed: readonly number[];
}

/** `stored`: recorded at two times. `alternating`: base, changed, base, … `random`: in pairs, each in an order of its own. */
export type Design = 'stored' | 'alternating' | 'random';

export interface Drawing {
  readonly random: Random;
  readonly world: World;
  readonly design: Design;
  readonly measuring: Measuring;
  readonly base: Version;
  readonly changed: Version;
  readonly pairs: number;
}

/** One load of each version is a warm-up. Gives a sample for each metric. */
export function draw(drawing: Drawing): readonly Sample[] {
  const { random, world, design, measuring, base, changed, pairs } = drawing;
  const first = session(random, world, measuring);
  const second = design === 'stored' ? session(random, world, measuring) : first;
  first(base);
  second(changed);
  const a: (readonly number[])[] = [];
  const b: (readonly number[])[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const changedFirst = design === 'random' && random.uniform() < 0.5;
    if (changedFirst) b.push(second(changed));
    a.push(first(base));
    if (!changedFirst) b.push(second(changed));
  }
  return base.workMs.map((_, metric) => ({
    base: a.map((values) => values[metric] ?? 0),
    changed: b.map((values) => values[metric] ?? 0),
  }));
}
