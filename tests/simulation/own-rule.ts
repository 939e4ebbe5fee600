import { pairDifferences } from '../../src/compare/log-ratio.ts';
import { planOf } from '../../src/compare/settings.ts';
import { judgePairs, type SignedRankVerdict } from '../../src/stats/sequential-signed-rank.ts';
import type { Sample } from './worlds.ts';

export interface OwnOptions {
  readonly maxPairs: number;
  readonly marginPercent: number;
  /** `compare` has one frame. */
  readonly marginFloorMs: number;
}

export interface OwnVerdict {
  readonly verdict: SignedRankVerdict;
  readonly pairs: number;
}

/** `inpact compare` on what was drawn: the product's own pairs, margin and sequential test. */
export function judgeSamples(
  samples: readonly Sample[],
  { maxPairs, marginPercent, marginFloorMs }: OwnOptions,
): OwnVerdict {
  const plan = planOf({ metrics: [], marginPercent, maxPairs });
  const outcomes = samples.map(({ base, changed }) => {
    const pairs = base.map((value, round) => ({
      round,
      baseFirst: true,
      base: value,
      changed: changed[round] ?? Number.NaN,
      counts: true,
    }));
    const differences = pairDifferences(pairs, { percent: marginPercent, floor: marginFloorMs });
    return judgePairs(differences, plan, samples.length);
  });
  const slower = outcomes.filter(({ verdict }) => verdict === 'slower').map(({ pairs }) => pairs);
  // The recording ends with the first that regressed, or when the last is cleared.
  if (slower.length > 0) return { verdict: 'slower', pairs: Math.min(...slower) };
  const pairs = Math.max(...outcomes.map((outcome) => outcome.pairs));
  const isCleared = outcomes.every(({ verdict }) => verdict === 'not-slower');
  return { verdict: isCleared ? 'not-slower' : 'inconclusive', pairs };
}
