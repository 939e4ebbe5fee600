import { type Measure, unavailable } from '../base/measure.ts';
import { median } from '../base/median.ts';
import type { CalibrationLoad, EffectMetric, EffectRow, Tracing } from '../result/calibration.ts';
import { pairedShift } from '../stats/paired-shift.ts';

const METRICS: readonly EffectMetric[] = ['inpMs', 'icpMs'];
const CONFIDENCE = 0.95;

/** What each kind of tracing adds to what the page itself measures, against the untraced load of the same round. */
export function observerEffect(
  loads: readonly CalibrationLoad[],
  steps: readonly string[],
  tracings: readonly Tracing[],
): readonly EffectRow[] {
  const counted = loads.filter(({ warmUp }) => !warmUp);
  return [...steps, null].flatMap((step) =>
    METRICS.flatMap((metric) => {
      const byTracing = new Map(
        tracings.map((tracing) => [tracing, valuesOf(counted, { tracing, step, metric, steps })]),
      );
      const untraced = byTracing.get('none') ?? new Map<number, number>();
      return [...byTracing].map(([tracing, values]) => ({
        step,
        metric,
        tracing,
        medianMs: values.size === 0 ? unavailable('no-entry') : median([...values.values()]),
        loads: values.size,
        shift: tracing === 'none' ? unavailable('untraced' as const) : shiftOf(values, untraced),
      }));
    }),
  );
}

interface Cell {
  readonly tracing: Tracing;
  readonly step: string | null;
  readonly metric: EffectMetric;
  readonly steps: readonly string[];
}

/** By round: what the page measured, where it measured anything. */
function valuesOf(
  loads: readonly CalibrationLoad[],
  { tracing, step, metric, steps }: Cell,
): ReadonlyMap<number, number> {
  const own = loads.filter((load) => load.tracing === tracing);
  return new Map(
    own.flatMap((load) => {
      const wanted = step === null ? steps : [step];
      const values = wanted.map((name) => valueIn(load, name, metric));
      // A mean over other steps would be of something else.
      const known = values.filter((value) => typeof value === 'number');
      return known.length < wanted.length ? [] : [[load.round, mean(known)] as const];
    }),
  );
}

const valueIn = ({ steps }: CalibrationLoad, name: string, metric: EffectMetric): Measure =>
  steps.find(({ step }) => step === name)?.[metric] ?? unavailable('load-failed');

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function shiftOf(
  values: ReadonlyMap<number, number>,
  untraced: ReadonlyMap<number, number>,
): EffectRow['shift'] {
  const differences = [...values].flatMap(([round, value]) => {
    const other = untraced.get(round);
    return other === undefined ? [] : [value - other];
  });
  const shift = pairedShift(differences, CONFIDENCE);
  if (shift === undefined) return unavailable('too-few-pairs');
  const { estimate, low, high, confidence } = shift;
  return { estimateMs: estimate, lowMs: low, highMs: high, confidence, pairs: differences.length };
}
