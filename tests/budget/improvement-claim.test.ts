import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import { type ImprovementClaim, judgeImprovement } from '../../src/budget/improvement-claim.ts';
import type { Claim } from '../../src/result/claim.ts';
import type { Load } from '../../src/result/load.ts';
import { evidenceOf, FIRST, loadOf, type Measured, rounds, SECOND, stepResult } from '../support/loads.ts';

const CLAIM: ImprovementClaim = {
  id: 'async-improves-inp',
  text: 'Async improves INP by 50 ms',
  metric: 'inpMs',
  alsoShow: [],
  atLeastMs: 50,
};

const judge = (loads: readonly Load[], change: Partial<ImprovementClaim> = {}): Claim =>
  judgeImprovement({ ...CLAIM, ...change }, evidenceOf(loads));

/** Rounds in which the first variant's INP exceeds the second's by so much. */
const savings = (...byMs: readonly number[]): readonly Load[] =>
  rounds(
    byMs.map((ms) => ({ inp: 100 + ms })),
    byMs.map(() => ({ inp: 100 })),
  );

describe('the verdict', () => {
  test('is confirmed where the whole interval is at least as large as the claim', () => {
    const claim = judge(savings(50, 61, 70, 74, 80, 95));
    expect(claim.verdict).toBe('confirmed');
    expect(claim.findings[0]?.shift).toEqual({
      estimateMs: 72,
      lowMs: 50,
      highMs: 95,
      confidence: 0.968_75,
      pairs: 6,
    });
  });

  test('is refuted where the whole interval is smaller than the claim', () => {
    expect(judge(savings(-4, 1, 2, 3, 8, 49)).verdict).toBe('refuted');
  });

  test('is refuted where the second variant is slower', () => {
    const claim = judge(savings(-90, -80, -85, -99, -70, -60));
    expect(claim.verdict).toBe('refuted');
    expect(claim.findings[0]?.sentence).toContain(
      'with async-backed, INP is 80 ms higher (60 ms to 99 ms; 96 % sure, 6 pairs)',
    );
  });

  test('is inconclusive where the interval holds the claim', () => {
    expect(judge(savings(20, 61, 70, 74, 80, 95)).verdict).toBe('inconclusive');
    expect(judge(savings(1, 2, 3, 4, 5, 50)).verdict).toBe('inconclusive');
  });

  test('is inconclusive with five pairs, however clear they are: their interval has less than 95 %', () => {
    expect(judge(savings(200, 201, 202, 203, 204)).verdict).toBe('inconclusive');
  });

  test('is inconclusive without pairs', () => {
    const claim = judge(rounds([{ inp: 300 }], [{ inp: 20 }]));
    expect(claim.verdict).toBe('inconclusive');
    expect(claim.findings[0]).toMatchObject({
      shift: unavailable('too-few-pairs'),
      sentence: 'The click: INP could not be compared (too-few-pairs).',
    });
  });

  test('is inconclusive with one variant', () => {
    const evidence = evidenceOf(rounds([{ inp: 300 }, { inp: 300 }]), [FIRST]);
    const claim = judgeImprovement(CLAIM, evidence);
    expect(claim.verdict).toBe('inconclusive');
    expect(claim.findings[0]?.shift).toEqual(unavailable('one-variant'));
  });

  test('is partly confirmed where it holds in one step and not in another', () => {
    const claim = judge([...sixRounds(FIRST, 300), ...sixRounds(SECOND, 20)]);
    expect(claim.verdict).toBe('partly');
    expect(claim.findings.map(({ step, verdict }) => [step, verdict])).toEqual([
      ['xhr', 'confirmed'],
      ['fetch', 'refuted'],
    ]);
  });

  test('is not moved by the metrics that only inform', () => {
    const claim = judge(rounds(sixWith(16, 500), sixWith(16, 250)), { alsoShow: ['icpMs'] });
    expect(claim.findings.map(({ metric, verdict }) => [metric, verdict])).toEqual([
      ['inpMs', 'refuted'],
      ['icpMs', 'confirmed'],
    ]);
    expect(claim.verdict).toBe('refuted');
  });
});

test.each([
  [7, 0.953_125],
  [8, 0.960_937_5],
])('the interval of %i pairs is the shortest of at least 95 %%', (count, confidence) => {
  const loads = savings(...Array.from({ length: count }, (_, index) => 2 ** index));
  expect(judge(loads).findings[0]?.shift).toMatchObject({ confidence, pairs: count });
});

describe('a pair', () => {
  test('is made of the two loads of one round, in whichever order they were recorded', () => {
    const loads = [
      inpLoad(SECOND, 0, 10),
      inpLoad(FIRST, 1, 220),
      inpLoad(FIRST, 0, 110),
      inpLoad(SECOND, 1, 20),
      inpLoad(SECOND, 2, 30),
      inpLoad(FIRST, 2, 330),
    ];
    expect(pairs(loads)).toMatchObject({ lowMs: 100, highMs: 300, pairs: 3 });
  });

  test('needs both loads to be valid', () => {
    const loads = [
      inpLoad(FIRST, 0, 110),
      inpLoad(SECOND, 0, 10),
      inpLoad(FIRST, 1, 220),
      inpLoad(SECOND, 1, 20),
      inpLoad(FIRST, 2, 9999, { status: 'invalid' }),
      inpLoad(SECOND, 2, 0),
      inpLoad(FIRST, 3, 9999),
      inpLoad(SECOND, 3, 0, { status: 'failed' }),
      inpLoad(FIRST, 4, 9999),
    ];
    expect(pairs(loads)).toMatchObject({ lowMs: 100, highMs: 200, pairs: 2 });
  });

  test('needs a value from both: a missing one is not 0', () => {
    const loads = [
      ...savings(100, 200),
      inpLoad(FIRST, 2, 9999),
      loadOf([stepResult('click', {})], { variant: SECOND, round: 2 }),
    ];
    expect(pairs(loads)).toMatchObject({ pairs: 2 });
  });

  test('is no warm-up', () => {
    const loads = [
      inpLoad(FIRST, 0, 9999, { warmUp: true }),
      inpLoad(SECOND, 0, 0, { warmUp: true }),
      inpLoad(FIRST, 1, 110),
      inpLoad(SECOND, 1, 10),
      inpLoad(FIRST, 2, 220),
      inpLoad(SECOND, 2, 20),
    ];
    expect(pairs(loads)).toMatchObject({ lowMs: 100, highMs: 200, pairs: 2 });
  });
});

test('the sentence names the step, the saving, its interval and the pairs', () => {
  expect(judge(savings(50, 61, 70, 74, 80, 95)).findings[0]?.sentence).toMatch(
    /^The click: with async-backed, INP is 72 ms lower \(50 ms to 95 ms; 96 % sure, 6 pairs\)\.$/,
  );
});

test('an interval that holds no difference at all is told as no clear difference, not as a direction', () => {
  expect(judge(savings(-4, 1, 2, 3, 8, 49)).findings[0]?.sentence).toBe(
    'The click: no clear difference in INP, at most 49 ms either way (96 % sure, 6 pairs).',
  );
});

const sixRounds = (variant: string, waiting: number): readonly Load[] =>
  Array.from({ length: 6 }, (_, round) =>
    loadOf([stepResult('xhr', { inp: waiting + round }), stepResult('fetch', { inp: 16 })], {
      variant,
      round,
    }),
  );

const sixWith = (inp: number, icp: number): readonly Measured[] =>
  Array.from({ length: 6 }, (_, round) => ({ inp: inp + round, icp: icp + round }));

const pairs = (loads: readonly Load[]): unknown => judge(loads).findings[0]?.shift;

const inpLoad = (variant: string, round: number, ms: number, change: Partial<Load> = {}): Load =>
  loadOf([stepResult('click', { inp: ms })], { variant, round, ...change });
