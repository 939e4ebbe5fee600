import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { ChainSegment } from '../../src/result/chain-result.ts';
import type { Load } from '../../src/result/load.ts';
import type { MetricName, SummaryRow } from '../../src/result/session-summary.ts';
import { loadMetric, metricOf, summarize } from '../../src/result/summary/summarize.ts';
import { FIRST, loadOf, type Measured, rounds, SECOND, stepResult } from '../support/loads.ts';

const METRICS: readonly MetricName[] = [
  'inpMs',
  'icpMs',
  'inputDelayMs',
  'processingDurationMs',
  'presentationDelayMs',
  'longTaskCount',
  'longestTaskMs',
  'longestTaskCpuMs',
  'totalBlockingTimeMs',
  'interactionCpuMs',
  'loopBlockedMs',
  'serverWaitMs',
];

const rowOf = (loads: readonly Load[]): SummaryRow['metrics'] | undefined =>
  summarize(loads, ['click'], [FIRST])[0]?.metrics;

describe('a row', () => {
  test('there is for each step and variant, in the scenario’s order, measured or not', () => {
    const rows = summarize(rounds([{ inp: 16 }]), ['click', 'type'], [FIRST, SECOND]);
    expect(rows.map(({ step, variant }) => [step, variant])).toEqual([
      ['click', FIRST],
      ['click', SECOND],
      ['type', FIRST],
      ['type', SECOND],
    ]);
  });

  test('has the median, the extremes and each load’s value in the order of the rounds', () => {
    const metrics = rowOf(rounds([{ inp: 30 }, { inp: 10 }, { inp: 200 }, { inp: 20 }]));
    expect(metrics?.inpMs).toEqual({ median: 25, min: 10, max: 200, runs: 4, values: [30, 10, 200, 20] });
  });

  test('leaves out invalid and failed loads, warm-ups and the other variant', () => {
    const metrics = rowOf([
      clickLoad(1, { status: 'invalid' }),
      clickLoad(2, { status: 'failed' }),
      clickLoad(3, { warmUp: true }),
      clickLoad(4, { variant: SECOND }),
      clickLoad(5, {}),
    ]);
    expect(metrics?.inpMs).toMatchObject({ values: [5] });
  });
});

const repeated = (...measured: readonly Measured[]): Load =>
  loadOf(
    measured.map((values, repetition) => ({ ...stepResult('click', values), repetition })),
    { variant: FIRST, round: 0 },
  );

describe('a load whose step ran several times', () => {
  test('counts once, with the middle of them', () => {
    expect(rowOf([repeated({ inp: 81 }, { inp: 50 }, { inp: 52 })])?.inpMs).toMatchObject({
      values: [52],
      runs: 1,
    });
    expect(loadMetric(repeated({ inp: 40 }, { inp: 90 }), 'click', 'inpMs')).toBeCloseTo(60, 9);
  });

  test('has no value where half of them have none', () => {
    const painted = { inp: 16, icp: 100 };
    expect(loadMetric(repeated(painted, painted, { inp: 16 }), 'click', 'icpMs')).toBe(100);
    expect(loadMetric(repeated(painted, { inp: 16 }), 'click', 'icpMs')).toEqual(
      unavailable('no-contentful-change'),
    );
    expect(loadMetric(repeated(painted), 'type', 'icpMs')).toEqual(unavailable('no-step'));
  });

  test('takes a mean where a count is 0, which has no logarithm', () => {
    const long = { inp: 100, tasks: [[60, 60]] } as const;
    expect(loadMetric(repeated(long, { inp: 16 }), 'click', 'longTaskCount')).toBe(0.5);
  });
});

describe('what was not measured', () => {
  test('is unavailable in every metric where no load is valid, never 0', () => {
    const metrics = rowOf([
      loadOf([stepResult('click', { inp: 5 })], { variant: FIRST, round: 0, status: 'invalid' }),
    ]);
    for (const metric of METRICS) expect(metrics?.[metric]).toEqual(unavailable('no-valid-load'));
  });

  test('keeps its own reason', () => {
    const metrics = rowOf(rounds([{ tasks: [[60, -1]] }]));
    expect(metrics).toMatchObject({
      inpMs: unavailable('no-interactions'),
      icpMs: unavailable('no-interactions'),
      longestTaskCpuMs: unavailable('not-recorded'),
      loopBlockedMs: unavailable('no-server-trace'),
    });
  });

  test('does not count as a run beside what was', () => {
    const metrics = rowOf(rounds([{ inp: 16 }, { inp: 16, icp: 200 }, { inp: 16, icp: 300 }]));
    expect(metrics?.icpMs).toEqual({ median: 250, min: 200, max: 300, runs: 2, values: [200, 300] });
  });

  test('is the length of the longest task in a step without tasks, but not the number of long ones', () => {
    expect(rowOf(rounds([{ inp: 16, tasks: [] }]))).toMatchObject({
      longestTaskMs: unavailable('no-tasks'),
      longestTaskCpuMs: unavailable('no-tasks'),
      longTaskCount: { median: 0, runs: 1 },
      totalBlockingTimeMs: { median: 0, runs: 1 },
    });
  });

  test('is how long the loop was blocked in a step without a request', () => {
    const metrics = rowOf(rounds([{ inp: 16, blocked: unavailable('no-request') }]));
    expect(metrics?.loopBlockedMs).toEqual(unavailable('no-request'));
  });
});

describe('a step’s metric', () => {
  test('is the processor time of the very task that is the longest', () => {
    const tasks = [
      [60, 60],
      [176, 18],
      [90, 90],
    ] as const;
    expect(metric('longestTaskMs', { tasks })).toBe(176);
    expect(metric('longestTaskCpuMs', { tasks })).toBe(18);
  });

  test('adds the parts of an interaction up to its INP', () => {
    const measured: Measured = { inp: 176.25 };
    const parts = ['inputDelayMs', 'processingDurationMs', 'presentationDelayMs'] as const;
    const sum = parts.map((name) => Number(metric(name, measured))).reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(176.25, 3);
  });

  test('is 0 for a loop that was never blocked', () => {
    expect(metric('loopBlockedMs', { blocked: 0 })).toBe(0);
  });
});

test('the processor time of an interaction is none without one', () => {
  const { interaction } = stepResult('click', {});
  expect(metric('interactionCpuMs', { tasks: [[20, 10]] })).toEqual(interaction);
  expect(metric('interactionCpuMs', { inp: 100, tasks: [[20, 10]] })).toBe(10);
});

const segment = (kind: ChainSegment['kind'], durationMs: number): ChainSegment => ({
  kind,
  startMs: 0,
  durationMs,
  evidence: 'inferred',
  request: 0,
});

test('the server wait is what lies between a request’s last byte and its headers, of all that the result waited for', () => {
  const step = stepResult('click', { inp: 100 });
  if ('unavailable' in step.interaction) throw new Error('The step has an interaction.');
  const waited = (...segments: readonly ChainSegment[]): unknown =>
    metricOf(
      { ...step, interaction: { ...step.interaction, chain: { endsWith: 'next-paint', segments } } },
      'serverWaitMs',
    );
  expect(
    waited(
      segment('handler', 1),
      segment('sending', 2),
      segment('network', 4),
      segment('serverQueue', 8),
      segment('serverWork', 16),
      segment('serverQueueOrNetwork', 32),
      segment('waiting', 64),
      segment('download', 128),
    ),
  ).toBe(124);
  expect(waited(segment('handler', 1))).toEqual(unavailable('no-request'));
});

test('every metric of a step is its own figure', () => {
  const step = stepResult('click', {
    inp: 100.5,
    icp: 300,
    tasks: [
      [60, 40],
      [90, 20],
    ],
    blocked: 70,
  });
  if ('unavailable' in step.interaction) throw new Error('The step has an interaction.');
  const interaction = { ...step.interaction, processingDurationMs: 60, presentationDelayMs: 40 };
  expect(rowOf([loadOf([{ ...step, interaction }], { variant: FIRST, round: 0 })])).toMatchObject({
    inpMs: { median: 100.5 },
    icpMs: { median: 300 },
    inputDelayMs: { median: 0.5 },
    processingDurationMs: { median: 60 },
    presentationDelayMs: { median: 40 },
    longTaskCount: { median: 2 },
    longestTaskMs: { median: 90 },
    longestTaskCpuMs: { median: 20 },
    totalBlockingTimeMs: { median: 50 },
    loopBlockedMs: { median: 70 },
  });
});

const clickLoad = (inp: number, change: Partial<Load>): Load =>
  loadOf([stepResult('click', { inp })], { variant: FIRST, round: 0, ...change });

const metric = (name: MetricName, measured: Measured): unknown =>
  metricOf(stepResult('click', measured), name);
