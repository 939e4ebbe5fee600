import type { Comparison } from '../result/comparison.ts';
import type { Load } from '../result/load.ts';
import type { Recording, Session } from '../result/session.ts';
import { compareLoads, type RecordedSide } from './compare-loads.ts';
import { joinSessions, variantNamed } from './join-sessions.ts';
import type { CompareSettings } from './settings.ts';

/** Compares two variants of one recording. What was recorded apart is compared in figures, and no verdict is drawn from them. */
export function compareVariants(
  recording: Recording,
  base: string,
  changed: string,
  settings: CompareSettings,
): Comparison {
  const { scenario, plan, apart } = recording;
  const sides = { base: sideOf(recording, base), changed: sideOf(recording, changed) };
  const isGate = apart === undefined && wereInterleaved(sides.base.loads, sides.changed.loads);
  const comparison = compareLoads({
    scenario,
    ...sides,
    pairing: isGate ? 'interleaved' : 'stored-baseline',
    seed: plan.seed,
    repetitions: plan.repetitions,
    settings,
  });
  return { ...comparison, notes: [...comparison.notes, ...differencesNote(apart)] };
}

/**
 * Compares two sessions of one variant each. That is never a gate, even where the loads came in turns: nobody drew an order for them,
 * and nothing says that they were recorded on one machine.
 */
export function compareSessions(base: Session, changed: Session, settings: CompareSettings): Comparison {
  const joined = joinSessions(base, changed);
  const [one, other] = joined.variants;
  return compareVariants(joined, one.name, other.name, settings);
}

/** Whatever was not the same may be all of the difference. */
const differencesNote = (differing: Recording['apart'] = []): readonly string[] =>
  differing.length === 0 ? [] : [`The two were not recorded alike: they differ in ${differing.join(', ')}.`];

const sideOf = ({ variants, loads }: Recording, name: string): RecordedSide => ({
  variant: variantNamed(variants, name),
  loads: loads.filter(({ variant }) => variant === name),
});

/**
 * Whether each round's two loads were recorded one after the other, with no other load between. The last round may have been
 * interrupted.
 */
function wereInterleaved(base: readonly Load[], changed: readonly Load[]): boolean {
  const inTime = [
    ...base.map((load) => ({ load, side: 'base' })),
    ...changed.map((load) => ({ load, side: 'changed' })),
  ].toSorted((a, b) => Date.parse(a.load.startedAt) - Date.parse(b.load.startedAt));
  let at = 0;
  while (at < inTime.length) {
    const [first, second] = [inTime[at], inTime[at + 1]];
    const isPair = first?.load.round === second?.load.round && first?.side !== second?.side;
    // A load whose partner was never recorded: the next round begins with the one after it.
    const isAlone = !isPair && inTime.filter(({ load }) => load.round === first?.load.round).length === 1;
    if (!isPair && !isAlone) return false;
    at += isPair ? 2 : 1;
  }
  return true;
}
