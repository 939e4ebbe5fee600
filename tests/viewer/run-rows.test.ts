import { expect, test } from 'vitest';
import { isUnavailable } from '../../src/base/measure.ts';
import { stepRuns } from '../../src/result/summary/step-runs.ts';
import { runRows } from '../../viewer/layout/run-rows.ts';
import { sampleSession } from '../support/sample-session.ts';

const session = sampleSession();
const [step] = session.scenario.steps;
const name = step?.name ?? '';

test('every run of every variant has a row, with its own figures', () => {
  const { rows } = runRows(session, name);
  const runs = session.variants.flatMap((variant) => stepRuns(session, variant.name, name));
  expect(rows.map(({ variant, run, inpMs }) => [variant, run, inpMs])).toEqual(
    runs.map(({ load, result: { interaction } }) => [
      load.variant,
      load.round + 1,
      isUnavailable(interaction) ? undefined : interaction.durationMs,
    ]),
  );
  expect(rows.length).toBeGreaterThan(1);
});

test('all rows share one scale that the longest wait fills, and nothing leaves it', () => {
  const { rows, maxMs } = runRows(session, name);
  const bands = rows.flatMap((row) => row.bands);
  expect(Math.max(...bands.map(({ to }) => to))).toBe(1);
  expect(bands.every(({ from, to }) => from >= 0 && from <= to && to <= 1)).toBe(true);
  for (const { bands: own, inpMs = 0 } of rows) {
    const interaction = own.find(({ kind }) => kind === 'interaction');
    expect((interaction?.to ?? 0) * maxMs).toBeCloseTo(inpMs, 6);
  }
});

test('a run without an interaction has a row without bands', () => {
  const loads = session.loads.map((load) => ({
    ...load,
    steps: load.steps.map((result) => ({
      ...result,
      interaction: { unavailable: 'no-interactions' } as const,
    })),
  }));
  const { rows } = runRows({ ...session, loads }, name);
  expect(rows.every(({ bands, inpMs }) => bands.length === 0 && inpMs === undefined)).toBe(true);
});
