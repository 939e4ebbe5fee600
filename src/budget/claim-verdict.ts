import type { Claim, ClaimFinding } from '../result/claim.ts';

/** The verdict over all steps. One that does not tell leaves the whole open, unless the others contradict each other anyway. */
export function claimVerdict(findings: readonly ClaimFinding[]): Claim['verdict'] {
  const verdicts = new Set(findings.map(({ verdict }) => verdict));
  if (verdicts.has('confirmed') && verdicts.has('refuted')) return 'partly';
  if (verdicts.size === 0 || verdicts.has('inconclusive')) return 'inconclusive';
  return verdicts.has('confirmed') ? 'confirmed' : 'refuted';
}
