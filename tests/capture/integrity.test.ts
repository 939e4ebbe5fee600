import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import { findProblems, type LoadEvidence } from '../../src/capture/integrity.ts';
import type { Scenario } from '../../src/capture/scenario.ts';
import type { Integrity, LoadProblemCode } from '../../src/result/session.ts';
import { stepResult, traceResult } from '../support/loads.ts';

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
  dialogs: 2,
};
const EVIDENCE: LoadEvidence = {
  scenario: SCENARIO,
  repetitions: 1,
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
