import { createHash } from 'node:crypto';
import type { Log, Result } from 'sarif';
import { type JudgedMetric, type Judgement, METRIC_LABELS } from '../../src/index.ts';

/**
 * A judgement as SARIF 2.1.0: one result for each limit that is not kept. It names no line yet: a budget is of a page, whose
 * address is the artifact. https://docs.oasis-open.org/sarif/sarif/v2.1.0/
 */
export function judgementSarif({ subject, metrics, inpactVersion }: Judgement): string {
  const notable = metrics.filter(({ verdict }) => verdict !== 'pass');
  const ids = [...new Set(metrics.map(({ metric }) => metric))];
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'INPact',
            semanticVersion: inpactVersion,
            rules: ids.map((metric) => ({
              id: ruleOf(metric),
              shortDescription: { text: `${METRIC_LABELS[metric].label} keeps its budget` },
            })),
          },
        },
        results: notable.map((judged) => resultOf(subject, judged)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 1)}\n`;
}

const ruleOf = (metric: JudgedMetric['metric']): string => `${METRIC_LABELS[metric].id}-budget`;

function resultOf(subject: string, judged: JudgedMetric): Result {
  const { step, variant, metric, statistic, sentence, advice } = judged;
  const place = [subject, variant, step].filter((part) => part !== null);
  return {
    ruleId: ruleOf(metric),
    kind: judged.verdict === 'fail' ? 'fail' : 'open',
    level: levelOf(judged),
    message: { text: `${sentence.toWellFormed()}.${advice === null ? '' : ` ${advice.toWellFormed()}`}` },
    locations: [
      { logicalLocations: [{ fullyQualifiedName: place.join('/').toWellFormed(), kind: 'module' }] },
    ],
    // The same limit of the same step is the same finding, whatever its figures.
    partialFingerprints: { 'inpactLimit/v1': fingerprint([...place, metric, statistic]) },
  };
}

/** SARIF wants no level of a result that is no failure. */
function levelOf({ verdict, severity }: JudgedMetric): Result.level {
  if (verdict !== 'fail') return 'none';
  return severity === 'error' ? 'error' : 'warning';
}

const fingerprint = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
