import { InpactError } from '../base/errors.ts';
import type { Comparison } from '../result/comparison.ts';
import type { Load } from '../result/load.ts';
import type { Session, Variant } from '../result/session.ts';
import { compareLoads, type CompareOrder, type RecordedSide } from './compare-loads.ts';
import type { CompareSettings } from './settings.ts';

/** Compares two variants of one session. */
export function compareVariants(
  session: Session,
  base: string,
  changed: string,
  settings: CompareSettings,
): Comparison {
  return compareLoads(orderOf(session, sideOf(session, base), sideOf(session, changed), settings));
}

/**
 * Compares two sessions of one variant each. Where they were recorded one after the other, the figures are shown, and no verdict is
 * drawn from them.
 */
export function compareSessions(base: Session, changed: Session, settings: CompareSettings): Comparison {
  const order = orderOf(base, onlySideOf(base), onlySideOf(changed), settings);
  return compareLoads({ ...order, ...(hasSameName(order) ? named(order) : {}) });
}

function orderOf(
  { scenario, plan }: Session,
  base: RecordedSide,
  changed: RecordedSide,
  settings: CompareSettings,
): CompareOrder {
  return {
    scenario,
    base,
    changed,
    pairing: wereInterleaved(base.loads, changed.loads) ? 'interleaved' : 'stored-baseline',
    seed: plan.seed,
    repetitions: plan.repetitions,
    settings,
  };
}

const hasSameName = ({ base, changed }: CompareOrder): boolean => base.variant.name === changed.variant.name;

/** Two recordings of the page that `record` calls `page`. */
const named = ({ base, changed }: CompareOrder): Pick<CompareOrder, 'base' | 'changed'> => ({
  base: { ...base, variant: { ...base.variant, name: 'base' } },
  changed: { ...changed, variant: { ...changed.variant, name: 'changed' } },
});

function sideOf({ variants, loads }: Session, name: string): RecordedSide {
  const variant = variants.find((candidate) => candidate.name === name);
  if (variant === undefined) {
    throw new InpactError('bad-usage', `The session has no variant “${name}”`, {
      hint: variantHint(variants),
    });
  }
  return { variant, loads: loads.filter((load) => load.variant === name) };
}

function onlySideOf(session: Session): RecordedSide {
  const [variant, ...others] = session.variants;
  if (variant !== undefined && others.length === 0) return sideOf(session, variant.name);
  throw new InpactError(
    'bad-usage',
    `A session of ${String(session.variants.length)} variants can't be one side of a comparison`,
    {
      hint: `Compare two of them with --session: ${variantHint(session.variants)}`,
    },
  );
}

const variantHint = (variants: readonly Variant[]): string =>
  `it has ${variants.map(({ name }) => name).join(', ')}.`;

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
