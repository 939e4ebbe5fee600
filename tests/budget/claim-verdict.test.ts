import { expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import { claimVerdict } from '../../src/budget/claim-verdict.ts';
import type { ClaimVerdict } from '../../src/result/claim.ts';

const of = (...verdicts: readonly ClaimVerdict[]): string =>
  claimVerdict(
    verdicts.map((verdict) => ({
      step: 'click',
      metric: 'inpMs',
      verdict,
      shift: unavailable('not-a-shift'),
      sentence: '',
    })),
  );

test('steps that agree give their verdict', () => {
  expect(of('confirmed', 'confirmed')).toBe('confirmed');
  expect(of('refuted', 'refuted')).toBe('refuted');
});

test('steps that contradict each other make a claim partly true', () => {
  expect(of('confirmed', 'inconclusive', 'refuted')).toBe('partly');
});

test('a step that does not tell leaves the claim open, whatever the others say', () => {
  expect(of('inconclusive', 'confirmed')).toBe('inconclusive');
  expect(of('inconclusive', 'refuted')).toBe('inconclusive');
});

test('no step that tells is inconclusive', () => {
  expect(of()).toBe('inconclusive');
  expect(of('inconclusive')).toBe('inconclusive');
});
