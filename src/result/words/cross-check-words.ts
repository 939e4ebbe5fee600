import { type CrossCheck, disagreements, LARGEST_DIFFERENCE_MS } from '../cross-check.ts';

/** Whether page and trace agree, in a sentence. */
export function crossCheckSentence(checks: readonly CrossCheck[]): string {
  const found = disagreements(checks);
  const limit = `${String(LARGEST_DIFFERENCE_MS)} ms`;
  if (found.length === 0) return `Page and trace differ by at most ${limit}, wherever both have a figure.`;
  const places = found.map(
    ({ variant, step, metric }) => `${metric} of ${step ?? 'the whole page'} (${variant})`,
  );
  return `Page and trace differ by more than ${limit} in ${places.join(', ')}: INPact may be wrong there; please report it with the trace of the check.`;
}
