import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/input/interactions.ts';
import type { SoftNavigationContext } from '../timeline/input/soft-navigation-contexts.ts';

/** Chrome's contexts of each interaction: mostly one, since it follows one of an interaction's events. */
export function contextsByInteraction({
  softNavigationContexts,
  interactions,
}: Pick<Facts, 'softNavigationContexts' | 'interactions'>): ReadonlyMap<
  Interaction,
  readonly SoftNavigationContext[]
> {
  const byInput = Map.groupBy(softNavigationContexts, ({ inputStart }) => inputStart);
  return new Map(
    interactions.map((interaction) => [
      interaction,
      interaction.eventStarts
        .flatMap((input) => byInput.get(input) ?? [])
        .filter(({ pid }) => pid === interaction.pid),
    ]),
  );
}
