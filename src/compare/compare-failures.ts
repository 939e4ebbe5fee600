import type { ComparedFailures, ComparedSide, Comparison } from '../result/comparison.ts';
import type { Verdict } from '../result/judgement.ts';
import { fisherExact } from '../stats/fisher-exact.ts';

/** Two-sided: half of it on the side of "fails more", which so adds no more false alarms than a metric does. */
const FAILS_MORE = 0.01;
/** From here on what is left may no longer be a fair sample: slow loads fail first. */
const DOUBTFUL = 0.05;

/** Compares how often loads were not fit to be judged. A version that fails more often is no faster for it. */
export function compareFailures(base: ComparedSide, changed: ComparedSide): ComparedFailures {
  const p = fisherExact({ count: base.unfit, of: base.loads }, { count: changed.unfit, of: changed.loads });
  const finding = findingOf(p, shareOf(changed) - shareOf(base));
  return { p, finding, verdict: VERDICTS[finding], sentence: sentenceOf(finding, base, changed) };
}

/**
 * Whether every load of one side was unfit and none of the other: more of them would say the same. Sides that fail alike come to
 * that once in 2¹⁵ comparisons at most, so whoever ends by it adds next to nothing to the false alarms.
 */
export function failsOnOneSide({ base, changed }: Pick<Comparison, 'base' | 'changed'>): boolean {
  const isEnough = Math.min(base.loads, changed.loads) >= LOADS_OF_ONE_SIDE;
  return (
    isEnough && ((failsAlways(changed) && base.unfit === 0) || (failsAlways(base) && changed.unfit === 0))
  );
}

const LOADS_OF_ONE_SIDE = 8;

const failsAlways = ({ unfit, loads }: ComparedSide): boolean => unfit === loads;

const shareOf = ({ loads, unfit }: ComparedSide): number => (loads === 0 ? 0 : unfit / loads);

function findingOf(p: number, excess: number): ComparedFailures['finding'] {
  if (p > DOUBTFUL) return 'alike';
  if (excess < 0) return 'fails-less';
  return p <= FAILS_MORE ? 'fails-more' : 'open';
}

const VERDICTS: Readonly<Record<ComparedFailures['finding'], Verdict>> = {
  'fails-more': 'fail',
  'fails-less': 'pass',
  open: 'inconclusive',
  alike: 'pass',
};

function sentenceOf(finding: ComparedFailures['finding'], base: ComparedSide, changed: ComparedSide): string {
  const counts = `${unfitOf(base)} and ${unfitOf(changed)} were not fit to be judged`;
  if (finding === 'fails-more') return `${changed.name} fails more often: ${counts}`;
  if (finding === 'fails-less') return `${changed.name} fails less often: ${counts}`;
  return finding === 'open' ? `${changed.name} seems to fail more often: ${counts}` : counts;
}

const unfitOf = ({ name, unfit, loads }: ComparedSide): string =>
  `${String(unfit)} of ${String(loads)} loads of ${name}`;
