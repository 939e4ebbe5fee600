import { isUnavailable } from '../../base/measure.ts';
import { median } from '../../base/median.ts';
import type { InsightFinding, InsightId } from '../findings-result.ts';
import type { Load, StepResult } from '../load.ts';
import type { FindingRow } from '../session-summary.ts';
import { countingLoads } from './summarize.ts';

/** What each insight found in each step of each variant, over the loads that count. */
export function summarizeFindings(
  loads: readonly Load[],
  steps: readonly string[],
  variants: readonly string[],
): readonly FindingRow[] {
  return steps.flatMap((step) =>
    variants.flatMap((variant) => rowsOf(countingLoads(loads, variant), { step, variant })),
  );
}

/** What one insight found in one load's step. */
interface Seen {
  readonly id: InsightId;
  readonly explainsMs: number;
  readonly worst: InsightFinding;
}

type SeenInLoad = Seen & { readonly load: string };

function rowsOf(
  loads: readonly Load[],
  { step, variant }: Pick<FindingRow, 'step' | 'variant'>,
): readonly FindingRow[] {
  const own = loads.flatMap(({ id, steps }) => {
    const repetitions = steps.filter((result) => result.step === step && !isUnavailable(result.interaction));
    return repetitions.length === 0 ? [] : [{ id, repetitions }];
  });
  const seen = own.flatMap(({ id, repetitions }) =>
    seenInLoad(repetitions).map((found): SeenInLoad => ({ ...found, load: id })),
  );
  return [...Map.groupBy(seen, ({ id }) => id).values()]
    .flatMap((found) => rowOf(found, { step, variant, ofRuns: own.length }))
    .toSorted((a, b) => Number(b.recurs) - Number(a.recurs) || b.explainsMs.median - a.explainsMs.median);
}

/** What more than half of a step's repetitions found: the middle of their figures, as a load's metrics are. */
function seenInLoad(repetitions: readonly StepResult[]): readonly Seen[] {
  const found = repetitions.flatMap(({ findings }) => seenIn(findings));
  return [...Map.groupBy(found, ({ id }) => id).values()]
    .filter((own) => own.length * 2 > repetitions.length)
    .flatMap((own) => {
      const typical = nearestToMedian(own);
      return typical === undefined ? [] : [{ ...typical, explainsMs: medianOf(own) }];
    });
}

/** Of several findings of one insight in one interaction the times add up; of several interactions the worst counts. */
function seenIn(findings: readonly InsightFinding[]): readonly Seen[] {
  const byInsight = Map.groupBy(findings, ({ id }) => id);
  return Array.from(byInsight, ([id, own]) => {
    const byInteraction = [...Map.groupBy(own, ({ interactionStartMs }) => interactionStartMs).values()];
    const worst = byInteraction.toSorted((a, b) => total(b) - total(a))[0] ?? own;
    // Findings come with what explains most first.
    const [first] = worst;
    return first === undefined ? [] : [{ id, explainsMs: total(worst), worst: first }];
  }).flat();
}

const total = (findings: readonly InsightFinding[]): number =>
  findings.reduce((sum, { explainsMs }) => sum + explainsMs, 0);

const medianOf = (seen: readonly Seen[]): number => median(seen.map(({ explainsMs }) => explainsMs));

function nearestToMedian<One extends Seen>(seen: readonly One[]): One | undefined {
  const middle = medianOf(seen);
  return seen.toSorted((a, b) => Math.abs(a.explainsMs - middle) - Math.abs(b.explainsMs - middle))[0];
}

function rowOf(
  seen: readonly SeenInLoad[],
  given: Pick<FindingRow, 'step' | 'variant' | 'ofRuns'>,
): readonly FindingRow[] {
  const typical = nearestToMedian(seen);
  if (typical === undefined) return [];
  const values = seen.map(({ explainsMs }) => explainsMs);
  return [
    {
      ...given,
      id: typical.id,
      runs: seen.length,
      recurs: seen.length * 2 > given.ofRuns,
      explainsMs: {
        median: median(values),
        min: Math.min(...values),
        max: Math.max(...values),
        runs: values.length,
        values,
      },
      example: typical.worst,
      exampleLoad: typical.load,
    },
  ];
}
