import { VERSION } from '../base/version.ts';
import type { JudgedMetric, Judgement, Verdict } from '../result/judgement.ts';

/** What a check found, with the verdict over all its metrics. */
export function checked(
  subject: string,
  metrics: readonly JudgedMetric[],
  notes: readonly string[],
): Judgement {
  return {
    schemaVersion: 1,
    kind: 'judgement',
    inpactVersion: VERSION,
    command: 'check',
    subject,
    verdict: overallVerdict(metrics),
    metrics,
    notes,
  };
}

/** What only warns changes nothing. */
function overallVerdict(metrics: readonly JudgedMetric[]): Verdict {
  const gating = new Set(
    metrics.filter(({ severity }) => severity === 'error').map(({ verdict }) => verdict),
  );
  if (gating.has('fail')) return 'fail';
  return gating.has('inconclusive') ? 'inconclusive' : 'pass';
}
