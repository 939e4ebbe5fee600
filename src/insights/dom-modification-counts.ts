import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/interactions.ts';

export type DomModificationCounts = ReadonlyMap<Interaction, number>;

/** How many changes to the document each interaction's work made. Empty where Chrome counted none at all in the trace. */
export function domModificationCounts({
  domModifications,
  interactions,
}: Pick<Facts, 'domModifications' | 'interactions'>): DomModificationCounts {
  if (domModifications.length === 0) return new Map();
  const byInput = Map.groupBy(domModifications, ({ inputStart }) => inputStart);
  return new Map(
    interactions.map((interaction) => {
      const ofInputs = interaction.eventStarts.flatMap((input) => byInput.get(input) ?? []);
      const own = ofInputs.filter(({ pid }) => pid === interaction.pid);
      return [interaction, own.reduce((sum, { count }) => sum + count, 0)];
    }),
  );
}
