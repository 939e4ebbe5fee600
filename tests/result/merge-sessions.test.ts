import { expect, test } from 'vitest';
import { mergeSessions } from '../../src/result/summary/merge-sessions.ts';
import type { Session } from '../../src/result/session.ts';
import { sampleSession } from '../support/sample-session.ts';

const whole = sampleSession();

/** The i-th of two shards: its warm-up, and every second round. */
const shard = (index: 1 | 2): Session => ({
  ...whole,
  plan: { ...whole.plan, shard: { index, of: 2 } },
  loads: whole.loads.filter(({ round, warmUp }) => warmUp || round % 2 === index - 1),
});

test('the shards of a plan are the plan, with the warm-ups of each', () => {
  const { loads, plan } = mergeSessions([shard(2), shard(1)]);
  const counting = loads.filter(({ warmUp }) => !warmUp);
  expect(counting).toEqual(whole.loads.filter(({ warmUp }) => !warmUp));
  expect(loads.filter(({ warmUp }) => warmUp)).toHaveLength(4);
  expect(new Set(loads.map(({ id }) => id)).size).toBe(loads.length);
  expect(plan).toEqual(whole.plan);
});

test('a shard that is given twice is refused', () => {
  expect(() => mergeSessions([shard(1), shard(1)])).toThrow(/in two of the sessions/);
});

test.each<[string, Partial<Session>]>([
  ['scenario', { scenario: { ...whole.scenario, name: 'other' } }],
  ['variants', { variants: [] }],
  ['plan', { plan: { ...whole.plan, repetitions: 7 } }],
  ['Chrome', { environment: { ...whole.environment, chrome: 'Chrome/1' } }],
  ['settings', { environment: { ...whole.environment, viewport: { width: 1, height: 1 } } }],
])('what was recorded with another %s is refused', (what, change) => {
  expect(() => mergeSessions([shard(1), { ...shard(2), ...change }])).toThrow(`differ in their ${what}`);
});
