import { isBeyondGuardBand } from '../../src/budget/guard-band.ts';
import { quantilePlan } from '../../src/budget/quantile-plan.ts';
import { median } from '../../src/base/median.ts';
import { judgeRuns } from '../../src/stats/sequential-binomial.ts';
import { OWN_MEASURING } from './experiments.ts';
import { seeded } from './random.ts';
import { type Measuring, session, type Version, type World } from './worlds.ts';

/** How a tool judges runs by an absolute limit. */
export interface BudgetRule {
  readonly name: string;
  readonly measuring: Measuring;
  readonly runs: number;
  /** Of which quantile of the page its limit is: 0.5 for the median. */
  readonly share: number;
  /** Whether it says "over", and after how many runs. */
  readonly judge: (
    runs: readonly number[],
    limit: number,
  ) => { readonly isOver: boolean; readonly runs: number };
}

const IN_PAGE: Measuring = { repetitions: 1, roundedToMs: 8 };
function inpact(quantile: 'median' | 'p75', { withGuard = true, planned = 20 } = {}): BudgetRule {
  const plan = quantilePlan(quantile, planned);
  return {
    name: `INPact: ${quantile} of up to ${String(planned)} runs${withGuard ? '' : ', without its guard band'}`,
    measuring: OWN_MEASURING,
    runs: planned,
    share: quantile === 'median' ? 0.5 : 0.75,
    judge(values, max) {
      const outcome = judgeRuns(
        values.map((value) => value > max),
        plan,
      );
      const isHeldBack = withGuard && !isBeyondGuardBand(values, { max, quantile });
      return { isOver: outcome.verdict === 'over' && !isHeldBack, runs: outcome.runs };
    },
  };
}

export const BUDGET_RULES: readonly BudgetRule[] = [
  inpact('median'),
  inpact('median', { withGuard: false }),
  inpact('median', { planned: 40 }),
  inpact('p75'),
  inpact('p75', { planned: 40 }),
  {
    name: 'Lighthouse CI: best of 3 (its default)',
    measuring: IN_PAGE,
    runs: 3,
    share: 0.5,
    judge: (values, limit) => ({ isOver: Math.min(...values) > limit, runs: 3 }),
  },
  {
    name: 'Lighthouse CI: median of 5',
    measuring: IN_PAGE,
    runs: 5,
    share: 0.5,
    judge: (values, limit) => ({ isOver: median(values) > limit, runs: 5 }),
  },
];

export interface BudgetExperiment {
  readonly world: World;
  readonly repetitions: number;
  readonly seed: number;
}

const PAGE: Version = { workMs: [180], slowerBy: 0, slowerByMs: 0 };

/** How often a rule says "over" of pages whose true quantile lies at shares of their limit: 1 is exactly at the budget. */
export function overShares(
  { world, repetitions, seed }: BudgetExperiment,
  rule: BudgetRule,
  shares: readonly number[],
): readonly { readonly over: number; readonly meanRuns: number }[] {
  const random = seeded(seed);
  // What the page is like is asked of one machine: a budget is not of the machine.
  const steady: World = { ...world, betweenSessions: 0 };
  const runsOf = (count: number): readonly number[] => {
    const loads = session(random, steady, rule.measuring);
    loads(PAGE);
    return Array.from({ length: count }, () => loads(PAGE)[0] ?? Number.NaN);
  };
  const many = Array.from({ length: 4000 }, () => runsOf(Math.max(20, rule.runs)))
    .flat()
    .toSorted((a, b) => a - b);
  const quantile = many[Math.floor(many.length * rule.share)] ?? Number.NaN;
  const samples = Array.from({ length: repetitions }, () => runsOf(rule.runs));
  return shares.map((share) => {
    const outcomes = samples.map((values) => rule.judge(values, quantile / share));
    return {
      over: outcomes.filter(({ isOver }) => isOver).length / repetitions,
      meanRuns: outcomes.reduce((sum, { runs }) => sum + runs, 0) / repetitions,
    };
  });
}
