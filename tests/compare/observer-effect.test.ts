import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import { observerEffect } from '../../src/compare/observer-effect.ts';
import type { CalibrationLoad, EffectRow, Tracing } from '../../src/result/calibration.ts';

const load = (
  tracing: Tracing,
  round: number,
  values: Readonly<Record<string, number>>,
): CalibrationLoad => ({
  tracing,
  round,
  warmUp: false,
  steps: Object.entries(values).map(([step, inpMs]) => ({ step, inpMs, icpMs: unavailable('no-entry') })),
  problems: [],
});

/** Six rounds, in which the machine becomes slower and slower, and `light` costs 8 ms in the first step. */
const LOADS = [0, 1, 2, 3, 4, 5].flatMap((round) => [
  load('none', round, { a: 100 + round * 40, b: 50 }),
  load('light', round, { a: 108 + round * 40, b: 50 }),
]);

const rowsOf = (loads: readonly CalibrationLoad[]): readonly EffectRow[] =>
  observerEffect(loads, ['a', 'b'], ['none', 'light']);
const rowOf = (
  loads: readonly CalibrationLoad[],
  step: string | null,
  tracing: Tracing,
): EffectRow | undefined =>
  rowsOf(loads).find((row) => row.step === step && row.tracing === tracing && row.metric === 'inpMs');

describe('what tracing costs', () => {
  test('is told within rounds, so that a machine that becomes slower does not show', () => {
    expect(rowOf(LOADS, 'a', 'light')).toMatchObject({
      medianMs: 208,
      loads: 6,
      shift: { estimateMs: 8, lowMs: 8, highMs: 8, pairs: 6 },
    });
    expect(rowOf(LOADS, 'b', 'light')?.shift).toMatchObject({ estimateMs: 0 });
  });

  test('is told for the mean of the steps of a load as well', () => {
    expect(rowOf(LOADS, null, 'light')?.shift).toMatchObject({ estimateMs: 4, lowMs: 4, highMs: 4 });
  });

  test('leaves warm-ups out', () => {
    const warmUp = { ...load('light', 9, { a: 9_000, b: 9_000 }), warmUp: true };
    expect(rowsOf([...LOADS, warmUp])).toEqual(rowsOf(LOADS));
  });

  test('has no mean of a load that lacks a step, which would be of something else', () => {
    const without = [...LOADS.slice(1), load('none', 0, { b: 50 })];
    expect(rowOf(without, null, 'none')?.loads).toBe(5);
    expect(rowOf(without, null, 'light')?.shift).toMatchObject({ pairs: 5, estimateMs: 4 });
  });

  test('is not known from one pair, nor where the page was told of nothing', () => {
    expect(rowOf(LOADS.slice(0, 2), 'a', 'light')?.shift).toEqual({ unavailable: 'too-few-pairs' });
    const icp = rowsOf(LOADS).filter(({ metric }) => metric === 'icpMs');
    expect(icp.map(({ medianMs }) => medianMs)).toEqual(icp.map(() => ({ unavailable: 'no-entry' })));
  });
});
