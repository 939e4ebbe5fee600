/** When to look at the runs, and what may be said at each look. */
export interface BinomialPlan {
  /** After how many runs, ascending. */
  readonly looks: readonly number[];
  /** At each look: from so many runs over the limit on, the quantile is over it. Undefined where nothing may be said yet. */
  readonly over: readonly (number | undefined)[];
  /** At each look: up to so many runs over the limit, the quantile is within it. */
  readonly within: readonly (number | undefined)[];
  /** The exact probability of saying "over" at any look, of a quantile that lies on the limit. */
  readonly falseOver: number;
  /** The same of "within". */
  readonly falseWithin: number;
}

export interface BinomialOptions {
  readonly looks: readonly number[];
  /** Which quantile is judged, 0 to 1: 0.5 for the median. */
  readonly quantile: number;
  /** How likely a false "over" may be, over all looks together. */
  readonly alpha: number;
  /** How likely a false "within" may be. */
  readonly beta: number;
}

/**
 * Plans looks at a growing number of runs. If the quantile lies on the limit, each run is over it with probability
 * 1 - quantile, whatever the distribution; so the number of runs over it is binomial, and the probability of crossing a
 * bound at any look is found by dynamic programming over that number. Jennison & Turnbull, Group Sequential Methods,
 * chapter 12; the error is spent as in Kim & DeMets 1987.
 */
export function binomialPlan({ looks, quantile, alpha, beta }: BinomialOptions): BinomialPlan {
  const shareOver = 1 - quantile;
  const over = bounds(looks, shareOver, alpha, 'from-the-top');
  const within = bounds(looks, shareOver, beta, 'from-the-bottom');
  return {
    looks,
    over: over.limits,
    within: within.limits,
    falseOver: over.spent,
    falseWithin: within.spent,
  };
}

/** How fast the error may be spent: slower than in proportion to the runs, as early looks tell little. */
const SPENDING_POWER = 1.2;

type Side = 'from-the-top' | 'from-the-bottom';

interface Bounds {
  readonly limits: readonly (number | undefined)[];
  readonly spent: number;
}

function bounds(looks: readonly number[], shareOver: number, error: number, side: Side): Bounds {
  const most = looks.at(-1) ?? 0;
  const limits: (number | undefined)[] = [];
  /** The probability of each number of runs over the limit, without what has crossed a bound before. */
  let alive: readonly number[] = [1];
  let spent = 0;
  let runs = 0;
  for (const look of looks) {
    for (; runs < look; runs++) alive = withOneMoreRun(alive, shareOver);
    const { limit, probability } = crossing(alive, error * (look / most) ** SPENDING_POWER - spent, side);
    spent += probability;
    limits.push(limit);
    alive = alive.map((share, count) => (isBeyond(count, limit, side) ? 0 : share));
  }
  return { limits, spent };
}

const withOneMoreRun = (alive: readonly number[], shareOver: number): readonly number[] =>
  Array.from(
    { length: alive.length + 1 },
    (_, count) => (alive[count] ?? 0) * (1 - shareOver) + (alive[count - 1] ?? 0) * shareOver,
  );

/** The widest set of counts at one end whose probability is within what may be spent. */
function crossing(
  alive: readonly number[],
  maySpend: number,
  side: Side,
): { readonly limit: number | undefined; readonly probability: number } {
  const counts = Array.from(alive.keys());
  let limit: number | undefined;
  let probability = 0;
  for (const count of side === 'from-the-top' ? counts.toReversed() : counts) {
    const share = alive[count] ?? 0;
    if (probability + share > maySpend) break;
    probability += share;
    limit = count;
  }
  return { limit, probability };
}

function isBeyond(count: number, limit: number | undefined, side: Side): boolean {
  if (limit === undefined) return false;
  return side === 'from-the-top' ? count >= limit : count <= limit;
}

export type BinomialVerdict = 'over' | 'within' | 'inconclusive';

export interface BinomialOutcome {
  readonly verdict: BinomialVerdict;
  /** After how many runs the verdict stood; how many there were if none did. */
  readonly runs: number;
  /** How many of those were over the limit. */
  readonly over: number;
}

/** Judges runs in the order in which they were planned, and stops at the first look that tells. */
export function judgeRuns(isOver: readonly boolean[], plan: BinomialPlan): BinomialOutcome {
  const overAmong = (runs: number): number => isOver.slice(0, runs).filter(Boolean).length;
  for (const [index, look] of plan.looks.entries()) {
    if (look > isOver.length) break;
    const over = overAmong(look);
    const verdict = verdictAt(over, plan.over[index], plan.within[index]);
    if (verdict !== 'inconclusive') return { verdict, runs: look, over };
  }
  return { verdict: 'inconclusive', runs: isOver.length, over: overAmong(isOver.length) };
}

function verdictAt(
  over: number,
  fewestOver: number | undefined,
  mostWithin: number | undefined,
): BinomialVerdict {
  if (fewestOver !== undefined && over >= fewestOver) return 'over';
  return mostWithin !== undefined && over <= mostWithin ? 'within' : 'inconclusive';
}
