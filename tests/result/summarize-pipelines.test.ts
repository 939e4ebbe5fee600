import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { Load, StepResult } from '../../src/result/load.ts';
import type { Pipeline, RenderingCost } from '../../src/result/pipeline-result.ts';
import type { PipelineRow } from '../../src/result/session-summary.ts';
import { summarizePipelines } from '../../src/result/summary/summarize-pipelines.ts';
import { FIRST, interaction, loadOf, SECOND, stepResult } from '../support/loads.ts';

const WORK: RenderingCost = {
  timesMs: { style: 1, layout: 2, prePaint: 4, paint: 8, composite: 16 },
  layoutCount: 3,
  forcedReflowCount: 2,
  forcedReflowMs: 5,
  domModifications: 7,
};

/** Wall times of script, data and rendering. */
const pipeline = (
  [eventLoop, dataFetching, rendering]: readonly [number, number, number],
  work: Pipeline['work'] = WORK,
): Pipeline => ({
  stages: {
    eventLoop: { wallMs: eventLoop, cpuMs: eventLoop / 2 },
    dataFetching: { wallMs: dataFetching, cpuMs: unavailable('not-recorded') },
    rendering: { wallMs: rendering, cpuMs: rendering },
  },
  bottleneck: unavailable('no-time'),
  work,
});

const run = (own: Pipeline | undefined, step = 'click'): StepResult => ({
  ...stepResult(step, {}),
  interaction:
    own === undefined
      ? unavailable('no-interactions')
      : { ...interaction(16, unavailable('no-contentful-change')), pipeline: own },
});

const load = (round: number, runs: readonly StepResult[], change: Partial<Load> = {}): Load =>
  loadOf(runs, { variant: FIRST, round, ...change });

const rowOf = (...loads: readonly Load[]): PipelineRow | undefined =>
  summarizePipelines(loads, ['click'], [FIRST])[0];

describe('how a step’s time divides', () => {
  test('is told for every step and variant, in the scenario’s order', () => {
    const rows = summarizePipelines(
      [load(0, [run(pipeline([1, 2, 3]))])],
      ['click', 'type'],
      [FIRST, SECOND],
    );
    expect(rows.map(({ step, variant, runs }) => [step, variant, runs])).toEqual([
      ['click', FIRST, 1],
      ['click', SECOND, 0],
      ['type', FIRST, 0],
      ['type', SECOND, 0],
    ]);
    expect(rows[1]?.bottleneck).toEqual(unavailable('no-time'));
  });

  test('is the median over the loads that count', () => {
    const row = rowOf(
      load(0, [run(pipeline([900, 900, 900]))], { warmUp: true }),
      load(1, [run(pipeline([10, 200, 30]))]),
      load(2, [run(pipeline([20, 100, 40]))]),
      load(3, [run(pipeline([800, 150, 50]))]),
      load(4, [run(pipeline([900, 900, 900]))], { status: 'invalid' }),
      load(5, [run(undefined)]),
    );
    expect(row?.runs).toBe(3);
    expect(row?.stages).toMatchObject({
      eventLoop: { wallMs: { median: 20 }, cpuMs: { median: 10 } },
      dataFetching: { wallMs: { median: 150 }, cpuMs: unavailable('not-recorded') },
      rendering: { wallMs: { median: 40 }, cpuMs: { median: 40 } },
    });
    expect(row?.bottleneck).toBe('dataFetching');
  });

  test('counts a load once, by the middle of its repetitions', () => {
    const repeated = load(
      0,
      [10, 20, 900].map((ms) => run(pipeline([ms, 0, 0]))),
    );
    const row = rowOf(repeated, load(1, [run(pipeline([22, 0, 0]))]));
    expect(row?.runs).toBe(2);
    expect(row?.stages.eventLoop.wallMs).toMatchObject({ values: [20, 22] });
  });

  test('has no bottleneck where no stage took any time', () => {
    expect(rowOf(load(0, [run(pipeline([0, 0, 0]))]))?.bottleneck).toEqual(unavailable('no-time'));
  });

  test('says what showing the result cost: style with layout, and all that paints', () => {
    expect(rowOf(load(0, [run(pipeline([1, 1, 1]))]))).toMatchObject({
      styleAndLayoutMs: { median: 3 },
      paintMs: { median: 28 },
      layoutCount: { median: 3 },
      forcedReflowCount: { median: 2 },
      forcedReflowMs: { median: 5 },
      domModifications: { median: 7 },
    });
    const unseen = pipeline([1, 1, 1], unavailable('not-recorded'));
    expect(rowOf(load(0, [run(unseen)]))?.paintMs).toEqual(unavailable('not-recorded'));
  });
});
