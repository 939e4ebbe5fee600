import { isUnavailable, unavailable } from '../base/measure.ts';
import type { Claim, ClaimFinding, ClaimVerdict } from '../result/claim.ts';
import type { MetricSummary, SummaryRow } from '../result/session-summary.ts';
import type { Session, StepSummary } from '../result/session.ts';
import { wholeMs } from '../result/words/words.ts';
import { claimVerdict } from './claim-verdict.ts';

type Evidence = Pick<Session, 'scenario' | 'variants' | 'summary'>;

export interface LongTaskClaim {
  readonly id: string;
  readonly text: string;
}

/** Judges whether a long task on the main thread tells that the first variant's server works synchronously, and the second's does not. */
export function judgeLongTasks({ id, text }: LongTaskClaim, evidence: Evidence): Claim {
  const findings = evidence.scenario.steps.map((step) => findLongTasks(step, evidence));
  return { id, text, verdict: claimVerdict(findings), findings };
}

function findLongTasks(
  { name: step, description }: StepSummary,
  { summary, variants }: Evidence,
): ClaimFinding {
  const [first, second] = variants.map(({ name }) =>
    summary.find((row) => row.step === step && row.variant === name),
  );
  return {
    step,
    metric: 'longestTaskMs',
    verdict: longTaskVerdict(tellingOccurrence(first), tellingOccurrence(second)),
    shift: unavailable('not-a-shift'),
    sentence: `${description}: ${longTaskWords(first)}; ${longTaskWords(second)}.`,
  };
}

function longTaskVerdict(inFirst: Occurrence, inSecond: Occurrence): ClaimVerdict {
  const isClear = [inFirst, inSecond].every(
    (occurrence) => occurrence === 'always' || occurrence === 'never',
  );
  if (!isClear) return 'inconclusive';
  return inFirst === 'always' && inSecond === 'never' ? 'confirmed' : 'refuted';
}

type Occurrence = 'always' | 'never' | 'sometimes' | 'unknown';

/** "Always" and "never" mean nothing of fewer loads. */
const FEWEST_RUNS = 5;

function tellingOccurrence(row: SummaryRow | undefined): Occurrence {
  const count = row?.metrics.longTaskCount;
  const isEnough = count !== undefined && !isUnavailable(count) && count.runs >= FEWEST_RUNS;
  return isEnough ? hasLongTask(row) : 'unknown';
}

function hasLongTask(row: SummaryRow | undefined): Occurrence {
  const count = row?.metrics.longTaskCount;
  if (count === undefined || isUnavailable(count)) return 'unknown';
  if (count.min > 0) return 'always';
  return count.max === 0 ? 'never' : 'sometimes';
}

function longTaskWords(row: SummaryRow | undefined): string {
  if (row === undefined) return 'not measured';
  const { longestTaskMs, longestTaskCpuMs, longTaskCount, loopBlockedMs } = row.metrics;
  const blocked = isUnavailable(loopBlockedMs) ? '' : `, server loop blocked ${ms(loopBlockedMs)}`;
  if (hasLongTask(row) === 'never') return `${row.variant} no long task${blocked}`;
  if (isUnavailable(longestTaskMs) || isUnavailable(longTaskCount)) return `${row.variant} not measured`;
  if (hasLongTask(row) === 'sometimes') {
    const { values, runs } = longTaskCount;
    const count = `${String(values.filter((value) => value > 0).length)} of ${String(runs)} loads`;
    return `${row.variant} a long task in ${count}, the longest of ${wholeMs(longestTaskMs.max)}${blocked}`;
  }
  const cpu = isUnavailable(longestTaskCpuMs) ? '' : ` (${ms(longestTaskCpuMs)} of it on the processor)`;
  return `${row.variant} a long task of ${ms(longestTaskMs)}${cpu}${blocked}`;
}

const ms = ({ median }: MetricSummary): string => wholeMs(median);
