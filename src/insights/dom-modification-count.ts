import { lastWhere } from '../base/last-where.ts';
import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/interactions.ts';

/** How many changes to the document the interaction's work made. Undefined where Chrome counted none at all in the trace. */
export function domModificationCount(
  { pid, eventStarts }: Interaction,
  { domModifications }: Pick<Facts, 'domModifications'>,
): number | undefined {
  if (domModifications.length === 0) return undefined;
  let sum = 0;
  for (const start of eventStarts) {
    // They are in order of time.
    const first = lastWhere(
      domModifications.length,
      (at) => (domModifications[at]?.inputStart ?? Infinity) < start,
    );
    for (let at = first + 1; domModifications[at]?.inputStart === start; at++) {
      if (domModifications[at]?.pid === pid) sum += domModifications[at]?.count ?? 0;
    }
  }
  return sum;
}
