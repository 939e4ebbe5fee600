import { describe, expect, test } from 'vitest';
import { isUnavailable, unavailable } from '../../src/base/measure.ts';
import { stepRuns } from '../../src/result/summary/step-runs.ts';
import { type BandKind, runRows, type RunRow } from '../../viewer/layout/run-rows.ts';
import { runLabel, runName } from '../../viewer/layout/run-label.ts';
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
      runLabel(session.loads, load),
      isUnavailable(interaction) ? undefined : interaction.durationMs,
    ]),
  );
  expect(rows.length).toBeGreaterThan(1);
});

test.each([
  ['no warm-up', 0, ['run 1', 'run 2', 'run 3', 'run 4']],
  ['one', 1, ['warm-up', 'run 1', 'run 2', 'run 3']],
  ['two', 2, ['warm-up 1', 'warm-up 2', 'run 1', 'run 2']],
])('runs that count are counted from 1, and warm-ups apart: %s', (_, warmUps, names) => {
  const loads = [0, 1, 2, 3].map((round) => ({ round, warmUp: round < warmUps }));
  // Each round has a load of each variant, and the list is in the order of recording.
  const recorded = [...loads.toReversed(), ...loads];
  expect(loads.map((load) => runName(recorded, load))).toEqual(names);
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

const bandsOf = (row: RunRow | undefined, kind: BandKind): unknown =>
  row?.bands.filter((band) => band.kind === kind).map(({ from, to }) => [from, to]);

describe('a row', () => {
  const load = session.loads.find(({ variant, warmUp }) => variant === 'sync-backed' && !warmUp);
  const [run] = load?.steps ?? [];
  if (load === undefined || run === undefined || isUnavailable(run.interaction))
    throw new Error('the sample has one');
  const { interaction } = run;
  const startMs = 1000;
  const rowOf = (change: Partial<typeof run>, icpMs: typeof interaction.icpMs = 200): RunRow | undefined => {
    const clicked = {
      ...interaction,
      startMs,
      icpStartMs: startMs,
      durationMs: 100,
      icpMs,
      icpFirstMs: icpMs,
    };
    const result = { ...run, step: name, interaction: clicked, ...change };
    return runRows({ ...session, loads: [{ ...load, steps: [result] }] }, name).rows[0];
  };
  const block = (fromMs: number, durationMs: number) => ({
    startMs: startMs + fromMs,
    durationMs,
    name: '',
    cpuMs: 0,
    starved: false,
  });

  test('shows what blocked the server and the page while the user waited, cut to that', () => {
    const row = rowOf({
      serverLoop: { blockedDuringRequestMs: 0, blocks: [block(-50, 20), block(-10, 60), block(150, 500)] },
      longTasks: {
        ...run.longTasks,
        tasks: [{ startMs: startMs + 20, durationMs: 60, cpuMs: 60, blockingMs: 10 }],
      },
    });
    expect(bandsOf(row, 'wait')).toEqual([[0, 1]]);
    expect(bandsOf(row, 'interaction')).toEqual([[0, 0.5]]);
    expect(bandsOf(row, 'loop-blocked')).toEqual([
      [0, 0.25],
      [0.75, 1],
    ]);
    expect(bandsOf(row, 'long-task')).toEqual([[0.1, 0.4]]);
  });

  test('ends with the next paint where no result was painted', () => {
    const row = rowOf(
      { serverLoop: { blockedDuringRequestMs: 0, blocks: [block(80, 500)] } },
      unavailable('no-contentful-change'),
    );
    expect([row?.inpMs, row?.icpMs]).toEqual([100, undefined]);
    expect([bandsOf(row, 'wait'), bandsOf(row, 'loop-blocked')]).toEqual([[[0, 1]], [[0.8, 1]]]);
  });

  const countsOf = (change: Partial<typeof load>): boolean | undefined =>
    runRows({ ...session, loads: [{ ...load, ...change }] }, name).rows[0]?.counts;

  test('of a warm-up or of an invalid load is in no figure', () => {
    expect([countsOf({}), countsOf({ warmUp: true }), countsOf({ status: 'invalid' })]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
