import { describe, expect, test } from 'vitest';
import { type Measure, unavailable } from '../../src/base/measure.ts';
import { findProblems, type LoadEvidence, tasksOnCpu } from '../../src/capture/load/integrity.ts';
import type { Scenario } from '../../src/capture/scenario/scenario.ts';
import type { LoadProblemCode } from '../../src/result/load-problems.ts';
import type { Integrity } from '../../src/result/load.ts';
import type { NetworkRequest } from '../../src/result/trace-result.ts';
import { stepResult, traceResult } from '../support/loads.ts';
import { NO_REQUEST_DETAILS } from '../support/sample-causes.ts';

const run = async (): Promise<void> => {
  // Nothing of a scenario runs here.
};
const SCENARIO: Scenario = {
  name: 'shop',
  steps: [
    { name: 'look', expects: 'nothing', run },
    { name: 'click', expects: 'interaction', run },
  ],
};
const INTEGRITY: Integrity = {
  dataLossOccurred: false,
  bufferUsage: 0.4,
  pageVisible: true,
  hostBusy: 1,
  hostSteal: 0.1,
  tasksOnCpu: 0.9,
  clockDriftMs: 3,
  dialogs: 2,
  popups: 1,
  downloads: 1,
};
const EVIDENCE: LoadEvidence = {
  scenario: SCENARIO,
  repetitions: 1,
  hostCheck: 'default',
  integrity: INTEGRITY,
  trace: traceResult(),
  steps: [stepResult('look', {}), stepResult('click', { inp: 16 })],
};

const codes = (change: Partial<LoadEvidence>): readonly LoadProblemCode[] =>
  findProblems({ ...EVIDENCE, ...change }).map(({ code }) => code);
const ofIntegrity = (change: Partial<Integrity>): readonly LoadProblemCode[] =>
  codes({ integrity: { ...INTEGRITY, ...change } });

test('a load in which all went well has no problem, however busy the host was', () => {
  expect(findProblems(EVIDENCE)).toEqual([]);
});

describe('a load is not to be trusted', () => {
  test('when Chrome lost data', () => {
    expect(ofIntegrity({ dataLossOccurred: true })).toEqual(['data-loss']);
  });

  test('when the buffer was all but full', () => {
    expect(ofIntegrity({ bufferUsage: 0.98 })).toEqual(['buffer-full']);
    expect(ofIntegrity({ bufferUsage: 0.97 })).toEqual([]);
  });

  test('when the page was hidden', () => {
    expect(ofIntegrity({ pageVisible: false })).toEqual(['page-hidden']);
  });

  test('when the machine gave the page no processor', () => {
    expect(ofIntegrity({ hostSteal: 0.3 })).toEqual(['host-busy']);
    expect(ofIntegrity({ hostSteal: 0.25 })).toEqual([]);
    expect(ofIntegrity({ tasksOnCpu: 0.09 })).toEqual(['host-busy']);
    // Where one records on two processors, half of a task's time is often waited.
    expect(ofIntegrity({ tasksOnCpu: 0.1 })).toEqual([]);
    expect(codes({ hostCheck: 'strict' })).toEqual(['host-busy', 'host-busy']);
    expect(codes({ hostCheck: 'off', integrity: { ...INTEGRITY, hostSteal: 0.9, tasksOnCpu: 0 } })).toEqual(
      [],
    );
  });

  test('when the clock was set meanwhile, or the machine slept', () => {
    expect(ofIntegrity({ clockDriftMs: 1001 })).toEqual(['clock-anomaly']);
    expect(ofIntegrity({ clockDriftMs: 1000 })).toEqual([]);
  });

  test('when its trace ends early', () => {
    const trace = traceResult({ partial: { reason: 'cut-short', atByte: 812 } });
    expect(codes({ trace })).toEqual(['partial-trace']);
    expect(findProblems({ ...EVIDENCE, trace })[0]?.message).toContain('812');
  });

  test('when the trace names no main thread', () => {
    expect(codes({ trace: traceResult({ mainThread: unavailable('no-renderer-main-thread') }) })).toEqual([
      'no-main-thread',
    ]);
  });

  test('when a step that should have been an interaction produced none', () => {
    const steps = [stepResult('look', {}), stepResult('click', {})];
    expect(codes({ steps })).toEqual(['missing-interaction']);
    expect(findProblems({ ...EVIDENCE, steps })[0]?.message).toContain('“click”');
  });

  test('when the trace does not show where a step ran, also one that expects nothing', () => {
    expect(codes({ steps: [] })).toEqual(['missing-step-marker', 'missing-step-marker']);
  });

  test('for every reason that there is, not for the first only', () => {
    expect(
      codes({ steps: [], integrity: { ...INTEGRITY, dataLossOccurred: true, pageVisible: false } }),
    ).toEqual(['data-loss', 'page-hidden', 'missing-step-marker', 'missing-step-marker']);
  });
});

test('what could not be asked is no problem by itself', () => {
  const unknown = unavailable('page-did-not-answer');
  expect(ofIntegrity({ dataLossOccurred: unknown, bufferUsage: unknown, pageVisible: unknown })).toEqual([]);
});

const times = (...inps: readonly number[]) =>
  inps.map((inp, repetition) => ({ ...stepResult('click', { inp }), repetition }));
const look = Array.from({ length: 3 }, (_, repetition) => ({ ...stepResult('look', {}), repetition }));

describe('a step that should run three times', () => {
  test('is fit where it did', () => {
    expect(codes({ repetitions: 3, steps: [...look, ...times(16, 17, 18)] })).toEqual([]);
  });

  test('is not where it ran twice, or one time gave no interaction', () => {
    expect(codes({ repetitions: 3, steps: [...look, ...times(16, 17)] })).toEqual(['missing-step-marker']);
    const without = { ...stepResult('click', {}), repetition: 2 };
    expect(codes({ repetitions: 3, steps: [...look, ...times(16, 17), without] })).toEqual([
      'missing-interaction',
    ]);
  });
});

const promising = (change: Partial<Scenario['steps'][number]>, icp?: number): readonly LoadProblemCode[] =>
  codes({
    scenario: { name: 'shop', steps: [{ name: 'click', expects: 'paint', run, ...change }] },
    steps: [stepResult('click', icp === undefined ? { inp: 16 } : { inp: 16, icp })],
  });

test('a step that promises a paint or a request must keep it', () => {
  expect(promising({}, 30)).toEqual([]);
  expect(promising({})).toEqual(['missing-paint']);
  expect(promising({ request: '/api/*' }, 30)).toEqual(['missing-request']);
});

const REQUEST: NetworkRequest = {
  url: 'https://shop.test/api/list?page=[1 characters]',
  method: 'GET',
  status: 200,
  startMs: 0,
  responseStartMs: 1,
  endMs: 2,
  responseEventMs: 2,
  serverTiming: [],
  ...NO_REQUEST_DETAILS,
};

test.each([
  ['/api/list', []],
  ['shop.test/*page=', []],
  ['/api/list?page', []],
  ['/api/list?page=2', []],
  ['/apix', ['missing-request']],
  ['/api.list', ['missing-request']],
])('a request to %s is told by its address, in which only * stands for anything', (request, problems) => {
  const scenario: Scenario = {
    name: 'shop',
    steps: [{ name: 'click', expects: 'interaction', run, request }],
  };
  const sent = { ...stepResult('click', { inp: 16 }), requests: [REQUEST] };
  expect(codes({ scenario, steps: [sent] })).toEqual(problems);
});

test('what a step promises it must keep each time that it runs', () => {
  const scenario: Scenario = {
    name: 'shop',
    steps: [{ name: 'click', expects: 'paint', request: '/api', run }],
  };
  const kept = { ...stepResult('click', { inp: 16, icp: 30 }), requests: [REQUEST] };
  const broken = stepResult('click', { inp: 16 });
  expect(codes({ scenario, repetitions: 2, steps: [kept, kept] })).toEqual([]);
  expect(codes({ scenario, repetitions: 2, steps: [kept, broken] })).toEqual([
    'missing-paint',
    'missing-request',
  ]);
});

const withTasks = (tasks: readonly (readonly [number, number])[]): Measure =>
  tasksOnCpu([stepResult('a', { tasks })]);

describe('the share of their time for which tasks had a processor', () => {
  test('is the median, so that a few that rightly wait do not show', () => {
    const working = Array.from({ length: 20 }, () => [10, 9] as const);
    expect(withTasks([...working, [500, 2], [400, 1]])).toBe(0.9);
    // What Chrome recorded no processor time of is no task without a processor.
    const unknown = Array.from({ length: 60 }, () => [10, -1] as const);
    expect(withTasks([...working, ...unknown])).toBe(0.9);
  });

  test('is known from twenty on', () => {
    expect(withTasks(Array.from({ length: 20 }, () => [10, 9] as const))).toBe(0.9);
  });

  test('is not known from a few tasks, nor from those that are shorter than the clock can tell', () => {
    expect(withTasks(Array.from({ length: 19 }, () => [10, 9] as const))).toEqual(
      unavailable('too-few-tasks'),
    );
    expect(withTasks(Array.from({ length: 90 }, () => [0.5, 0.1] as const))).toEqual(
      unavailable('too-few-tasks'),
    );
  });
});
