import { signedRankBoundaries } from './signed-rank-boundaries.ts';
import { exactSignedRankBoundaries } from './signed-rank-paths.ts';
import { UP_TO_24_PAIRS, UP_TO_40_PAIRS } from '../../src/stats/sequential-signed-rank.ts';

/** How likely a false word may be over all looks of 24 pairs, and how late that is spent. */
export const BOUNDARY_ERRORS = {
  slower: { error: 0.005, spendingPower: 3 },
  notSlower: { error: 0.045, spendingPower: 1.5 },
} as const;

const DRAWN = { sequences: 1_000_000, seed: 1 };

/** Finds the thresholds of both plans anew, as JSON: what `src/stats/sequential-signed-rank.ts` holds. */
export function findBoundaries(): string {
  const upTo24 = Object.entries(BOUNDARY_ERRORS).map(([name, given]) => [
    name,
    exactSignedRankBoundaries({ looks: UP_TO_24_PAIRS.looks, ...given }),
  ]);
  const upTo40 = Object.entries({ slower: 0.005, notSlower: 0.05 }).map(([name, error]) => [
    name,
    signedRankBoundaries({ looks: UP_TO_40_PAIRS.looks, error, ...DRAWN }),
  ]);
  return JSON.stringify({ upTo24: Object.fromEntries(upTo24), upTo40: Object.fromEntries(upTo40) }, null, 1);
}
