import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/input/interactions.ts';
import { contextsByInteraction } from './interaction-contexts.ts';

export type DomModificationCounts = ReadonlyMap<Interaction, number>;

/** How many changes to the document each interaction's work made. Empty where Chrome counted none at all in the trace. */
export function domModificationCounts(
  facts: Pick<Facts, 'softNavigationContexts' | 'interactions'>,
): DomModificationCounts {
  if (facts.softNavigationContexts.length === 0) return new Map();
  return new Map(
    Array.from(contextsByInteraction(facts), ([interaction, own]) => [
      interaction,
      own.reduce((sum, { domModifications }) => sum + domModifications, 0),
    ]),
  );
}
