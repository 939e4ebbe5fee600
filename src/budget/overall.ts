import type { Claim, ClaimFinding } from '../result/session.ts';

/** The verdict over all steps. */
export function overall(findings: readonly ClaimFinding[]): Claim['verdict'] {
  const verdicts = new Set(findings.map(({ verdict }) => verdict));
  if (verdicts.has('confirmed') && verdicts.has('refuted')) return 'partly';
  if (verdicts.has('confirmed')) return 'confirmed';
  return verdicts.has('refuted') ? 'refuted' : 'inconclusive';
}
