import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { Limit } from '../../src/budget/budget.ts';
import { checkSession } from '../../src/budget/check-session.ts';
import type { Judgement } from '../../src/result/judgement.ts';
import type { Load, StepResult } from '../../src/result/load.ts';
import type { Session } from '../../src/result/session.ts';
import { evidenceOf, FIRST, loadOf, type Measured, rounds, stepResult } from '../support/loads.ts';
import { sampleSession } from '../support/sample-session.ts';

const INP: Limit = {
  metric: 'inpMs',
  step: undefined,
  variant: undefined,
  max: 200,
  quantile: 'median',
  severity: 'error',
};

const sessionOf = (measured: readonly Measured[], planned = measured.length): Session => ({
  ...sampleSession(),
  ...evidenceOf(rounds(measured), [FIRST]),
  claims: [],
  plan: { runs: planned, warmUps: 0, repetitions: 1, seed: 1 },
});

/** Runs whose INP is in milliseconds. */
const check = (inps: readonly number[], change: Partial<Limit> = {}): Judgement =>
  checkSession(sessionOf(inps.map((inp) => ({ inp }))), { limits: [{ ...INP, ...change }] });

const repeated = (inp: number, times: number): readonly number[] => Array.from({ length: times }, () => inp);

describe('the median of twenty runs', () => {
  test('is within its budget at the first look that can tell', () => {
    const [metric] = check(repeated(120, 20)).metrics;
    expect(metric).toMatchObject({ verdict: 'pass', value: 120, runs: 10, over: 0, advice: null });
    expect(metric?.sentence).toBe('The median of INP is within its budget: 0 of 10 runs were over 200 ms');
  });

  test('is over it where nearly all runs are', () => {
    const judgement = check(repeated(260, 20));
    expect(judgement.verdict).toBe('fail');
    expect(judgement.metrics[0]?.sentence).toBe(
      'The median of INP is over its budget: 10 of 10 runs were over 200 ms',
    );
  });

  test('is neither where half of the runs are over it, and says what would tell', () => {
    const alternating = Array.from({ length: 20 }, (_, run) => (run % 2 === 0 ? 190 : 210));
    const [metric] = check(alternating).metrics;
    expect(metric?.verdict).toBe('inconclusive');
    expect(metric?.advice).toBe('Record more runs: --runs 40.');
    expect(metric?.sentence).toBe(
      'Whether the median of INP is within its budget is not certain: 10 of 20 runs were over 200 ms',
    );
  });

  test('that equals the budget is within it', () => {
    expect(check(repeated(200, 20)).verdict).toBe('pass');
  });
});

describe('few runs', () => {
  test('pass nothing and fail nothing', () => {
    expect(check(repeated(900, 4)).verdict).toBe('inconclusive');
    expect(check(repeated(1, 4)).metrics[0]?.advice).toBe(
      'It takes at least 5 runs to tell: record with --runs 20.',
    );
  });

  test('of a session that planned more are judged by its plan', () => {
    const interrupted = checkSession(sessionOf([{ inp: 900 }, { inp: 900 }], 20), { limits: [INP] });
    expect(interrupted.metrics[0]).toMatchObject({ verdict: 'inconclusive', runs: 2, over: 2 });
  });

  test('are refused for the 98th percentile, which takes 149', () => {
    expect(() => check(repeated(1, 148), { quantile: 'p98' })).toThrow(/it takes 149$/);
    expect(check(repeated(1, 149), { quantile: 'p98' }).verdict).toBe('pass');
  });
});

test('the 75th percentile is over its budget where five of five runs are', () => {
  expect(check(repeated(201, 20), { quantile: 'p75' }).metrics[0]).toMatchObject({
    verdict: 'fail',
    runs: 5,
  });
});

const known = (icp: number): Measured => ({ inp: 10, icp });

test('runs without a value stand in the way of both verdicts', () => {
  const unknown = { inp: 10, icp: unavailable('no-contentful-change') } as const;
  const icp = { ...INP, metric: 'icpMs' } as const;
  const of = (measured: readonly Measured[]) =>
    checkSession(sessionOf(measured), { limits: [icp] }).metrics[0];
  const half = Array.from({ length: 10 }, () => unknown);
  expect(of([...half, ...repeated(900, 10).map(known)])?.verdict).toBe('inconclusive');
  expect(of([...half, ...repeated(1, 10).map(known)])?.verdict).toBe('inconclusive');
  expect(of(Array.from({ length: 20 }, () => unknown))).toMatchObject({
    value: unavailable('no-contentful-change'),
    advice: 'Most runs have no value: no-contentful-change.',
    sentence: 'ICP was measured in no run',
    values: [],
  });
  // Ten of twenty are not most.
  expect(of([...half, ...repeated(1, 10).map(known)])).toMatchObject({
    values: repeated(1, 10),
    advice: 'Record more runs: --runs 40.',
  });
});

test('runs that drift upwards must be over the budget by more', () => {
  const rising = Array.from({ length: 20 }, (_, run) => 200.1 + run / 10);
  const [metric] = check(rising).metrics;
  expect(metric?.verdict).toBe('inconclusive');
  expect(metric?.advice).toBe(
    'Each run is like the one before it, so the machine drifts: record --runs 40, or compare with a base build, recorded interleaved.',
  );
  expect(check(rising.map((inp) => inp + 30)).verdict).toBe('fail');
});

test('runs that are over the budget by less than they lie apart are held back, for another reason than drift', () => {
  // All over by 0.1 ms or more, but for a few by 90: the mean is 18.1 over, and its standard error 5.8: 4.25 of them are 24.5.
  const apart = Array.from({ length: 40 }, (_, run) => (run % 5 === 0 ? 290 : 200.1));
  const [metric] = check(apart).metrics;
  expect(metric?.verdict).toBe('inconclusive');
  expect(metric?.advice).toBe(
    'For so little over the limit the runs lie too far apart: compare with a base build, recorded interleaved.',
  );
});

test('runs are judged in the order of their rounds', () => {
  const session = sessionOf([...repeated(260, 10), ...repeated(100, 10)].map((inp) => ({ inp })));
  const shuffled = { ...session, loads: session.loads.toReversed() };
  expect(checkSession(shuffled, { limits: [INP] })).toEqual(checkSession(session, { limits: [INP] }));
});

test('what only warns changes no verdict', () => {
  const judgement = check(repeated(900, 20), { severity: 'warn' });
  expect(judgement.verdict).toBe('pass');
  expect(judgement.metrics[0]?.verdict).toBe('fail');
});

test('each step and variant is judged by itself, or the one that the limit names', () => {
  const session = sampleSession();
  const all = checkSession(session, { limits: [INP] }).metrics;
  expect(all).toHaveLength(session.scenario.steps.length * session.variants.length);
  const step = session.scenario.steps[0]?.name ?? '';
  const variant = session.variants[1]?.name ?? '';
  const one = checkSession(session, { limits: [{ ...INP, step, variant }] }).metrics;
  expect(one.map((metric) => [metric.step, metric.variant])).toEqual([[step, variant]]);
});

test('a limit of a step that the session lacks is an error that names its steps', () => {
  expect(() => check([1], { step: 'serach' })).toThrow(
    expect.objectContaining({ code: 'bad-budget', hint: 'It has click.' }),
  );
});

test('loads that are not valid are left out, and said so', () => {
  const good = Array.from({ length: 20 }, (_, round) =>
    loadOf([stepResult('click', { inp: 10 })], { variant: FIRST, round }),
  );
  const bad = loadOf([stepResult('click', { inp: 9000 })], { variant: FIRST, round: 20, status: 'invalid' });
  const session: Session = { ...sessionOf([], 20), ...evidenceOf([...good, bad], [FIRST]) };
  const judgement = checkSession(session, { limits: [INP] });
  expect(judgement.metrics[0]?.values).toEqual(repeated(10, 20));
  expect(judgement.notes).toEqual(['1 loads were not fit to be judged, and are left out.']);
});

test('the size of the report is judged by itself, and is open where there is none', () => {
  const session = sessionOf([{ inp: 10 }]);
  const budget = { limits: [], reportSize: { maxKb: 600, severity: 'error' } } as const;
  const sizes = [
    checkSession(session, budget, 600),
    checkSession(session, budget, 600.1),
    checkSession(session, budget),
  ];
  expect(sizes.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'inconclusive']);
  expect(sizes[1]?.metrics[0]?.sentence).toBe('The report size is 600.1 kB, its budget 600 kB');
});

/** One variant, whose step `scroll` expects nothing. */
const mixed = (loads: readonly Load[]): Session => {
  const session = {
    ...sessionOf([]),
    ...evidenceOf(loads, [FIRST]),
    plan: { runs: 20, warmUps: 0, repetitions: 1, seed: 1 },
  };
  const steps = session.scenario.steps.map((step) =>
    step.name === 'scroll' ? { ...step, expects: 'nothing' as const } : step,
  );
  return { ...session, scenario: { ...session.scenario, steps } };
};
/** Twenty alike. */
const alike = (...steps: readonly StepResult[]): readonly Load[] =>
  Array.from({ length: 20 }, (_, round) => loadOf(steps, { variant: FIRST, round }));

const judged = (...steps: readonly StepResult[]): Judgement =>
  checkSession(mixed(alike(...steps)), { limits: [INP] });

describe('a limit without a step', () => {
  test('is not for steps that expect no interaction and have none in any run', () => {
    const { verdict, metrics, notes } = judged(stepResult('scroll', {}), stepResult('click', { inp: 120 }));
    expect([verdict, metrics.map(({ step }) => step)]).toEqual(['pass', ['click']]);
    expect(notes).toEqual(['scroll expects no interaction and has no INP: not judged.']);
  });

  test('is for them where they have what it limits', () => {
    const { verdict, metrics } = judged(
      stepResult('scroll', { inp: 300 }),
      stepResult('click', { inp: 120 }),
    );
    expect([verdict, metrics.map(({ step }) => step)]).toEqual(['fail', ['scroll', 'click']]);
  });

  test('passes nothing where no step has what it limits', () => {
    expect(judged(stepResult('scroll', {})).verdict).toBe('inconclusive');
  });

  test('is for every step that expects an interaction, with or without one', () => {
    expect(judged(stepResult('scroll', {}), stepResult('click', {})).verdict).toBe('inconclusive');
  });
});
