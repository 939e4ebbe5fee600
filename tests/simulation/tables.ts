import {
  DEFAULT_MARGIN_PERCENT,
  DEFAULT_PAIRS,
  FRAME_MS,
  THOROUGH_PAIRS,
} from '../../src/compare/settings.ts';
import { BUDGET_RULES, overShares } from './budget.ts';
import { type Effect, NO_EFFECT, runOther, runOwn } from './experiments.ts';
import { OTHER_RULES } from './other-rules.ts';
import { WORLD_NAMES, WORLDS, type WorldName } from './worlds.ts';

export interface TableOptions {
  /** Of each cell without an effect; those with one take a fifth. */
  readonly repetitions: number;
  readonly seed: number;
  readonly note: (done: string) => void;
}

/** A page whose tenth is more than a frame, so that the margin is in percent. */
const WORK_MS = 200;
/** One whose tenth is less than a frame. */
const SHORT_WORK_MS = 120;

const percent = (by: number): Effect => ({ percent: by, ms: 0 });
const own = { maxPairs: DEFAULT_PAIRS, marginPercent: DEFAULT_MARGIN_PERCENT, marginFloorMs: FRAME_MS };

const share = (value: number, digits = 1): string => `${(100 * value).toFixed(digits)} %`;

/** One side of 95 %, by Wilson: where nothing was seen, about three in as many as were drawn. */
function atMost(value: number, count: number): string {
  const z = 1.645;
  const center = value + z ** 2 / (2 * count);
  const spread = z * Math.sqrt((value * (1 - value)) / count + z ** 2 / (4 * count ** 2));
  return share((center + spread) / (1 + z ** 2 / count), 2);
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** What `compare` says in every world. */
export function ownTable(
  { repetitions, seed, note }: TableOptions,
  workMs: number = WORK_MS,
  floor: number = FRAME_MS,
): string {
  const options = { ...own, marginFloorMs: floor };
  const few = Math.ceil(repetitions / 5);
  const rows = WORLD_NAMES.map((name, index) => {
    const at = (effect: Effect, count: number) =>
      runOwn({ world: WORLDS[name], effect, repetitions: count, seed: seed + index, workMs }, 1, options);
    const same = at(NO_EFFECT, repetitions);
    const [five, ten, twenty, much] = [percent(5), percent(10), percent(20), { percent: 0, ms: 40 }].map(
      (effect) => at(effect, effect.percent === 10 ? repetitions : few),
    );
    note(`compare, ${name}`);
    return [
      name,
      `${share(same.slower, 2)} (≤ ${atMost(same.slower, repetitions)})`,
      share(same.cleared),
      same.meanPairs.toFixed(1),
      share(five?.slower ?? Number.NaN),
      `${share(ten?.slower ?? Number.NaN)} (${(ten?.meanPairs ?? Number.NaN).toFixed(1)})`,
      share(ten?.cleared ?? Number.NaN),
      `${share(twenty?.slower ?? Number.NaN)} (${(twenty?.meanPairs ?? Number.NaN).toFixed(1)})`,
      share(twenty?.cleared ?? Number.NaN, 2),
      share(much?.slower ?? Number.NaN),
    ];
  });
  return table(
    [
      'world',
      'same page: “regressed” (95 % bound)',
      '“did not regress”',
      'mean pairs',
      '+5 % found',
      '+10 % found (pairs)',
      '+10 % passed',
      '+20 % found (pairs)',
      '+20 % passed',
      '+40 ms found',
    ],
    rows,
  );
}

/** The same page, whose tenth is less than a frame: with the floor, and without it. */
export function shortPageTables(options: TableOptions): readonly string[] {
  return [ownTable(options, SHORT_WORK_MS, FRAME_MS), ownTable(options, SHORT_WORK_MS, 0)];
}

/** Ten metrics that are gated together, of which the first may be slower. */
export function manyMetricsTable({ repetitions, seed, note }: TableOptions): string {
  const metrics = 10;
  const few = Math.ceil(repetitions / 5);
  const rows = WORLD_NAMES.map((name, index) => {
    const at = (effect: Effect, count: number, maxPairs: number) =>
      runOwn(
        { world: WORLDS[name], effect, repetitions: count, seed: seed + 100 + index, workMs: WORK_MS },
        metrics,
        {
          ...own,
          maxPairs,
        },
      );
    const same = at(NO_EFFECT, repetitions, DEFAULT_PAIRS);
    const ten = at(percent(10), few, DEFAULT_PAIRS);
    const thorough = at(percent(10), few, THOROUGH_PAIRS);
    note(`ten metrics, ${name}`);
    return [
      name,
      `${share(same.slower, 2)} (≤ ${atMost(same.slower, repetitions)})`,
      same.meanPairs.toFixed(1),
      share(ten.slower),
      share(thorough.slower),
    ];
  });
  return table(
    [
      'world',
      'same page: any “regressed” (95 % bound)',
      'mean pairs',
      '+10 % of one found',
      'with --thorough',
    ],
    rows,
  );
}

/** Other tools' rules on the same worlds. */
export function otherTable({ repetitions, seed, note }: TableOptions): string {
  const few = Math.ceil(repetitions / 5);
  const rows = OTHER_RULES.map((rule, index) => {
    const at = (name: WorldName, effect: Effect) =>
      runOther(
        { world: WORLDS[name], effect, repetitions: few, seed: seed + 200 + index, workMs: WORK_MS },
        rule,
      );
    const same = WORLD_NAMES.map((name) => at(name, NO_EFFECT));
    note(rule.name);
    const typical = same[WORLD_NAMES.indexOf('typical')];
    return [
      rule.name,
      ...same.map(({ slower }) => share(slower)),
      share(at('typical', percent(10)).slower),
      share(at('typical', percent(20)).slower),
      (typical?.meanRuns ?? Number.NaN).toFixed(0),
    ];
  });
  return table(
    [
      'rule',
      ...WORLD_NAMES.map((name) => `same page, ${name}`),
      'typical: +10 % found',
      '+20 %',
      'mean runs',
    ],
    rows,
  );
}

const SHARES = [0.9, 0.95, 1, 1.05, 1.1, 1.2];

/** Pages whose true quantile lies at shares of the budget. */
export function budgetTable({ repetitions, seed, note }: TableOptions): string {
  const rows = WORLD_NAMES.flatMap((name, world) =>
    BUDGET_RULES.map((rule, index) => {
      const shares = overShares(
        { world: WORLDS[name], repetitions, seed: seed + 300 + 10 * world + index },
        rule,
        SHARES,
      );
      note(`${rule.name}, ${name}`);
      return [
        `${name}: ${rule.name}`,
        ...shares.map(({ over }) => share(over)),
        (shares.at(-2)?.meanRuns ?? Number.NaN).toFixed(0),
      ];
    }),
  );
  return table(
    ['“over” said of a page at', ...SHARES.map((value) => `${value.toFixed(2)} × budget`), 'runs at 1.10'],
    rows,
  );
}
