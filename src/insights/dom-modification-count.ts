import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/interactions.ts';

/** How many changes to the document the interaction's work made. Undefined where Chrome counted none at all in the trace. */
export function domModificationCount(
  { pid, eventStarts }: Interaction,
  { domModifications }: Pick<Facts, 'domModifications'>,
): number | undefined {
  if (domModifications.length === 0) return undefined;
  return domModifications
    .filter((own) => own.pid === pid && eventStarts.includes(own.inputStart))
    .reduce((sum, { count }) => sum + count, 0);
}
