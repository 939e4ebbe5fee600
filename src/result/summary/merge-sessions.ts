import { InpactError } from '../../base/errors.ts';
import type { Load } from '../load.ts';
import type { Recording, Session } from '../session.ts';
import { fileOf, withFilesOf } from './files-of.ts';
import { differingAspects } from './recording-aspects.ts';

/**
 * Puts the sessions of a plan's shards together: the same scenario, variants and settings, each round in one of them. What
 * machines may have called alike is called by its session's place among these, from 1: warm-ups, and the files of traces.
 * @throws {InpactError} `bad-usage`, saying in what they differ.
 */
export function mergeSessions(sessions: readonly Session[]): Recording {
  const [first, ...rest] = sessions.toSorted(
    (a, b) => (a.plan.shard?.index ?? 0) - (b.plan.shard?.index ?? 0),
  );
  if (first === undefined) throw new InpactError('bad-usage', 'There is no session to merge');
  for (const other of rest) refuseDifferent(first, other);
  const { shard: _, ...plan } = first.plan;
  const loads = sessions.flatMap(({ loads: own }, index) => own.map((load) => ofShard(load, index + 1)));
  refuseTwice(loads);
  return {
    createdAt: first.createdAt,
    environment: first.environment,
    plan,
    scenario: first.scenario,
    variants: first.variants,
    loads: loads.toSorted((a, b) => a.round - b.round),
  };
}

/** Each shard has warmed its own machine up, with loads of the same rounds; and two may have begun a load in the same second. */
const ofShard = (load: Load, place: number): Load => ({
  ...withFilesOf(load, shardName(place)),
  id: load.warmUp ? `${load.id}-${shardName(place)}` : load.id,
});

const shardName = (place: number): string => `shard-${String(place)}`;

/** What a trace is called where it lies beside those of the other shards. */
export const fileOfShard = (file: string, place: number): string => fileOf(file, shardName(place));

function refuseDifferent(first: Session, other: Session): void {
  const [what] = differingAspects(['scenario', 'variants', 'plan', 'Chrome', 'settings'], first, other);
  if (what === undefined) return;
  throw new InpactError('bad-usage', `The sessions differ in their ${what}`, {
    hint: 'Merge what was recorded with the same settings, as shards of one plan.',
  });
}

function refuseTwice(loads: readonly Load[]): void {
  const seen = new Set<string>();
  for (const { id } of loads) {
    if (seen.has(id)) {
      throw new InpactError('bad-usage', `The load ${id} is in two of the sessions`, {
        hint: 'Give each shard once: --shard 1/3, 2/3 and 3/3.',
      });
    }
    seen.add(id);
  }
}
