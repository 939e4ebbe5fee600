import type { Comparison } from '../comparison.ts';
import type { Verdict } from '../judgement.ts';

/** The verdict in two words. What was recorded apart has none. */
export const comparisonHeading = ({ design, verdict }: Pick<Comparison, 'design' | 'verdict'>): string =>
  design.pairing === 'interleaved' ? HEADINGS[verdict] : 'Stored baseline: not a gate';

const HEADINGS: Readonly<Record<Verdict, string>> = {
  pass: 'No regression',
  fail: 'Regressed',
  inconclusive: 'Inconclusive',
};
