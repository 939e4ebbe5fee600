import type { Load } from '../../src/result/load.ts';

type Round = Pick<Load, 'round' | 'warmUp'>;

/**
 * What a load is called wherever it is shown: `3` is the third round that counts, whatever warm-ups came before. One load has one
 * number, also of another variant, and where it failed.
 */
export function runLabel(loads: readonly Round[], { round, warmUp }: Round): string {
  const alike = loads.filter((load) => load.warmUp === warmUp).map((load) => load.round);
  const rounds = [...new Set(alike)].toSorted((a, b) => a - b);
  const number = String(rounds.indexOf(round) + 1);
  if (!warmUp) return number;
  return rounds.length === 1 ? 'warm-up' : `warm-up ${number}`;
}

/** The same where nothing beside it says that it is a run. */
export const runName = (loads: readonly Round[], load: Round): string =>
  load.warmUp ? runLabel(loads, load) : `run ${runLabel(loads, load)}`;
