import { expect, test } from 'vitest';
import { FETCH, RESULT } from '../support/chains.ts';
import { describeSteps, describeTrace } from '../support/described.ts';
import { exchange } from '../support/exchange.ts';
import { served, sideOf, traceParent } from '../support/server-trace.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { mainThread, step } from '../support/trace-events.ts';

const ID = '00000000000000ff';

/** A click whose request a server under WSGI began 90 ms after it was sent: a worker was busy, or the network slow. */
const facts = await factsOf(
  mainThread,
  ...RESULT,
  exchange('a', { ...FETCH, serverTiming: traceParent(ID) }),
  step(0, 50, 500),
);
const server = await sideOf(facts, [served(195, 260, { path: '/report', id: ID })].flat(), {
  here: 'one',
  there: 'one',
  eventLoop: null,
});

test('what a request waited for before a server without a loop began it, nothing tells', () => {
  const { interactions, insights } = describeTrace('trace.json', facts, server);
  const kinds = (interactions[0]?.chain.segments ?? []).map(({ kind }) => kind);
  expect(kinds.slice(4, 7)).toEqual(['serverQueueOrNetwork', 'serverWork', 'network']);
  expect(insights.find(({ id }) => id === 'server-loop-blocked')).toMatchObject({
    status: 'unavailable',
    reason: 'queue-or-network',
  });
});

test('a loop that is not there was not blocked for 0 ms', () => {
  expect(describeSteps(facts, ['only'], server)[0]?.serverLoop).toEqual({ unavailable: 'no-event-loop' });
});
