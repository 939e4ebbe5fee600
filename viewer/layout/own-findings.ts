import type { InsightFinding } from '../../src/result/findings-result.ts';
import type { Interaction } from '../../src/result/trace-result.ts';

/** Times are told to the microsecond. */
const SAME_MS = 0.01;

/** What was found of one interaction. Its id alone does not tell it: another document may have used it too. */
export const ownFindings = (
  findings: readonly InsightFinding[],
  { interactionId, startMs }: Pick<Interaction, 'interactionId' | 'startMs'>,
): readonly InsightFinding[] =>
  findings.filter(
    (finding) =>
      finding.interactionId === interactionId && Math.abs(finding.interactionStartMs - startMs) < SAME_MS,
  );
