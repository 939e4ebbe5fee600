import { InpactError } from '../base/errors.ts';
import type { Load } from '../result/load.ts';
import { type Recording, RECORDING_ASPECTS, type Session, type Variant } from '../result/session.ts';
import { fileOf, withFilesOf } from '../result/summary/files-of.ts';
import { differingAspects } from '../result/summary/recording-aspects.ts';

/** What was recorded of two versions: its variants are the sides of a comparison. */
export interface JoinedRecording extends Recording {
  readonly variants: readonly [base: Variant, changed: Variant];
}

/**
 * Two sessions that have one variant each as one recording, whose surroundings and plan are those of the base. Loads and
 * their files are called by their side, since both sessions may have the same names.
 * @throws {InpactError} `bad-usage` if one of them has several variants.
 */
export function joinSessions(base: Session, changed: Session): JoinedRecording {
  const { createdAt, environment, plan, scenario } = base;
  const [one, other] = [onlyVariantOf(base), onlyVariantOf(changed)];
  const names =
    one.name === other.name ? { base: 'base', changed: 'changed' } : { base: one.name, changed: other.name };
  return {
    createdAt,
    environment,
    plan,
    scenario,
    apart: differingAspects(RECORDING_ASPECTS, base, changed),
    variants: [
      { ...one, name: names.base },
      { ...other, name: names.changed },
    ],
    loads: [
      ...base.loads.map((load) => ofSide(load, 'base', names.base)),
      ...changed.loads.map((load) => ofSide(load, 'changed', names.changed)),
    ],
  };
}

/** Two variants of one session, without its others. */
export function onlyVariants(session: Session, base: string, changed: string): JoinedRecording {
  const { createdAt, environment, plan, scenario, apart, variants, loads } = session;
  return {
    createdAt,
    environment,
    plan,
    scenario,
    ...(apart === undefined ? {} : { apart }),
    variants: [variantNamed(variants, base), variantNamed(variants, changed)],
    loads: loads.filter(({ variant }) => variant === base || variant === changed),
  };
}

export type Side = 'base' | 'changed';

const ofSide = (load: Load, side: Side, variant: string): Load => ({
  ...withFilesOf(load, side),
  id: `${side}-${load.id}`,
  variant,
});

/** What a trace of a session is called where it lies beside those of the other. */
export const fileOfSide = (file: string, side: Side): string => fileOf(file, side);

/** @throws {InpactError} `bad-usage` if there is none. */
export function variantNamed(variants: readonly Variant[], name: string): Variant {
  const variant = variants.find((candidate) => candidate.name === name);
  if (variant !== undefined) return variant;
  throw new InpactError('bad-usage', `The session has no variant “${name}”`, {
    hint: variantHint(variants),
  });
}

function onlyVariantOf({ variants }: Session): Variant {
  const [variant, ...others] = variants;
  if (variant !== undefined && others.length === 0) return variant;
  throw new InpactError(
    'bad-usage',
    `A session of ${String(variants.length)} variants can't be one side of a comparison`,
    { hint: `Compare two of them with --session: ${variantHint(variants)}` },
  );
}

const variantHint = (variants: readonly Variant[]): string =>
  `it has ${variants.map(({ name }) => name).join(', ')}.`;
