import { between, toMs } from '../../base/units.ts';
import { pageVisits } from '../../insights/page-visits.ts';
import { redactUrl } from '../../redact/redact-url.ts';
import type { Facts } from '../../timeline/facts.ts';
import type { Interaction, NavigationInp } from '../trace-result.ts';

/**
 * @param inpOf INP of some of the interactions.
 * @param described The interactions as the result tells them, in the order of the facts.
 */
export function describeNavigations(
  facts: Facts,
  described: readonly Interaction[],
  inpOf: (interactions: readonly Interaction[]) => NavigationInp['inp'],
): readonly NavigationInp[] {
  const byFact = new Map(facts.interactions.map((fact, index) => [fact, described[index]]));
  return pageVisits(facts).map(({ navigation, interactions }) => ({
    kind: navigation?.kind ?? 'already-open',
    url: redactUrl(navigation?.url ?? facts.frameTree.openedUrl ?? ''),
    startMs: navigation === undefined ? 0 : toMs(between(facts.start, navigation.start)),
    inp: inpOf(interactions.flatMap((fact) => byFact.get(fact) ?? [])),
    interactionCount: interactions.length,
    isInpSlowest: interactions.length < FEWEST_WITH_OUTLIER,
  }));
}

/** https://web.dev/articles/inp */
const FEWEST_WITH_OUTLIER = 50;
