import type { Interaction } from '../../timeline/input/interactions.ts';
import { type Examined, type Insight, type InsightId, type Outcome, together, unknown } from './finding.ts';

/** What one insight says of each interaction; or that it failed, which is a bug of ours. */
export type Examination =
  | { readonly id: InsightId; readonly outcomes: ReadonlyMap<Interaction, Outcome> }
  | { readonly id: InsightId; readonly failure: string };

/** The one place that catches whatever an insight throws: it takes itself with it and no other. */
export function examine(insights: readonly Insight[], given: Examined): readonly Examination[] {
  return insights.map((insight) => {
    try {
      return { id: insight.id, outcomes: outcomesOf(insight, given) };
    } catch (error) {
      return { id: insight.id, failure: error instanceof Error ? error.message : String(error) };
    }
  });
}

const outcomesOf = ({ examine: look }: Insight, given: Examined): ReadonlyMap<Interaction, Outcome> =>
  new Map(
    Array.from(given.chains, ([interaction, chain]) => [interaction, look({ interaction, chain }, given)]),
  );

/** What an insight says of some of the interactions together. */
export function outcomeOf(
  outcomes: ReadonlyMap<Interaction, Outcome>,
  interactions: readonly Interaction[],
): Outcome {
  const own = interactions.flatMap((interaction) => outcomes.get(interaction) ?? []);
  return own.length === 0 ? unknown('no-interactions') : together(own);
}
