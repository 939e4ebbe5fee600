import type { UnfinishedEvent } from '../timeline/input/event-timings.ts';
import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/input/interactions.ts';
import { type Navigation, navigationAt } from '../timeline/page/navigations.ts';

/** A document in the main frame, and what the user did with it. */
export interface PageVisit {
  /** Undefined for what was open when tracing started. */
  readonly navigation: Navigation | undefined;
  readonly interactions: readonly Interaction[];
}

/**
 * Divides the interactions among the documents that the main frame showed. An interaction belongs to the document that was
 * there when it began: one that ends on the next page was with the page that the user left. What was open at the start is
 * only listed if the user did something with it, or nothing else came.
 */
export function pageVisits({
  interactions,
  navigations,
}: Pick<Facts, 'interactions' | 'navigations'>): readonly PageVisit[] {
  const byNavigation = Map.groupBy(interactions, ({ start }) => navigationAt(navigations, start));
  const ofOpened = byNavigation.get(undefined) ?? [];
  const opened = { navigation: undefined, interactions: ofOpened };
  const others = navigations.map((navigation) => ({
    navigation,
    interactions: byNavigation.get(navigation) ?? [],
  }));
  return ofOpened.length > 0 || others.length === 0 ? [opened, ...others] : others;
}

/** Interactions of which no event ever ended: the trace stopped too early, or lost the ends. */
export function unfinishedInteractions({
  interactions,
  unfinishedEvents,
}: Pick<Facts, 'interactions' | 'unfinishedEvents'>): number {
  const finished = new Set(interactions.map(keyOf));
  return new Set(unfinishedEvents.map(keyOf).filter((key) => !finished.has(key))).size;
}

const keyOf = ({ pid, frame, interactionId }: UnfinishedEvent): string =>
  `${String(pid)}|${frame}|${String(interactionId)}`;
