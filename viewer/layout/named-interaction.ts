import type { Interaction } from '../../src/result/trace-result.ts';

/** Which interaction is meant. Its id alone does not tell it: another document, or an iframe, may have used it too. */
export interface NamedInteraction {
  readonly interactionId: number;
  /** Undefined where a link does not say it. */
  readonly startMs?: number | undefined;
}

/** Where it stands: of several with its id that which began nearest to it. Undefined where there is none. */
export function interactionIndex(
  interactions: readonly Pick<Interaction, 'interactionId' | 'startMs'>[],
  { interactionId, startMs }: NamedInteraction,
): number | undefined {
  const beside = (index: number): number => Math.abs((interactions[index]?.startMs ?? 0) - (startMs ?? 0));
  return interactions
    .flatMap((interaction, index) => (interaction.interactionId === interactionId ? [index] : []))
    .toSorted((a, b) => beside(a) - beside(b))[0];
}
