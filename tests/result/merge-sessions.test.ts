import { expect, test } from 'vitest';
import { mergeSessions } from '../../src/result/summary/merge-sessions.ts';
import type { Load } from '../../src/result/load.ts';
import type { Session } from '../../src/result/session.ts';
import { sampleSession } from '../support/sample-session.ts';

const whole = sampleSession();

/** The i-th of two shards: its warm-up, and every second round. */
const shard = (index: 1 | 2): Session => ({
  ...whole,
  plan: { ...whole.plan, shard: { index, of: 2 } },
  loads: whole.loads.filter(({ round, warmUp }) => warmUp || round % 2 === index - 1),
});

const withoutFiles = (load: Load): Load => ({ ...load, traceFile: null, serverTraceFile: null });

test('the shards of a plan are the plan, with the warm-ups of each', () => {
  const { loads, plan } = mergeSessions([shard(2), shard(1)]);
  const counting = loads.filter(({ warmUp }) => !warmUp);
  expect(counting.map(withoutFiles)).toEqual(whole.loads.filter(({ warmUp }) => !warmUp).map(withoutFiles));
  expect(loads.filter(({ warmUp }) => warmUp)).toHaveLength(4);
  expect(new Set(loads.map(({ id }) => id)).size).toBe(loads.length);
  expect(plan).toEqual(whole.plan);
});

test('the traces of two machines that were called alike are not', () => {
  const traceFile = 'Trace-20261127T101500-page-3.json.gz';
  const [one, other] = ([1, 2] as const).map((index): Session => {
    const session = shard(index);
    return { ...session, loads: session.loads.map((load) => ({ ...load, traceFile })) };
  });
  if (one === undefined || other === undefined) throw new Error('There are two.');
  const files = mergeSessions([one, other]).loads.map((load) => load.traceFile);
  expect(new Set(files)).toEqual(
    new Set(['Trace-shard-1-20261127T101500-page-3.json.gz', 'Trace-shard-2-20261127T101500-page-3.json.gz']),
  );
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
