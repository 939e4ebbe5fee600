/**
 * How sure a link between cause and effect is. `proven`: Chrome itself says so, by the nesting of its events, by an id or by
 * its own attribution. `inferred`: the code that sent the request ran in the time of a handler, or in the task of an
 * answer. `guessed`: by time alone.
 */
export type CausalEvidence = 'proven' | 'inferred' | 'guessed';

const ORDER: readonly CausalEvidence[] = ['proven', 'inferred', 'guessed'];

/** A chain is as sure as its weakest link. */
export const weakest = (...links: readonly CausalEvidence[]): CausalEvidence =>
  ORDER[Math.max(0, ...links.map((link) => ORDER.indexOf(link)))] ?? 'guessed';
