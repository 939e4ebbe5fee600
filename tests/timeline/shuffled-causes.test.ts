import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  asyncTask,
  callback,
  clickAt,
  commit,
  navigationStart,
  scriptRequest,
  started,
  userInteraction,
  xhrState,
} from '../support/causes.ts';
import { describeTrace } from '../support/described.ts';
import { finishEvent, responseEvent } from '../support/requests.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { instant, PAGE, task, type TraceEvent } from '../support/trace-events.ts';

const MAIN = { frame: PAGE.frame, pid: PAGE.pid };
const INNER = { frame: 'INNER', parent: PAGE.frame, pid: 20 };
const XHR = { fetchType: 'xmlhttprequest' };

/** A visit with a bit of everything: each event at a time of its own, or in the order that Chrome writes. */
const visit: readonly TraceEvent[] = [
  started(MAIN, INNER),
  task(90, 400),
  clickAt(100),
  userInteraction(117, 16),
  callback('timer', { id: 1, at: 103, runs: [[300, 10]] }),
  asyncTask(9, 305, [400, 10]),
  scriptRequest(104, 'a', XHR),
  responseEvent('a', { headers: 150, seen: 155 }),
  finishEvent('a', { lastByte: 156, seen: 157 }),
  xhrState(160, 4, 'https://api.test/a'),
  scriptRequest(405, 'b'),
  scriptRequest(500, 'b', { url: 'https://api.test/moved' }),
  clickAt(600, { frame: 'INNER', pid: 20 }),
  clickAt(650, { frame: 'TAB', pid: 30 }),
  navigationStart(700, { id: '2', url: 'https://page.test/2' }),
  commit(720, { ...MAIN, url: 'https://page.test/2' }),
  instant('BackForwardCache::RestoreEntry', 890, { pid: 1 }),
  commit(900, { ...MAIN, url: 'https://page.test/1' }),
  clickAt(800).slice(0, 1),
  instant('Paint', 50, { args: { data: { nodeId: 7, nodeName: 'P' } } }),
  instant('Paint', 60, { args: { data: { nodeId: 7, nodeName: 'B' } } }),
].flat();

test('events in any order give the same causes', async () => {
  const inOrder = describeTrace('trace.json', await factsOf(visit));
  expect(inOrder.interactions.map(({ frame, causedRequests }) => [frame, causedRequests.length])).toEqual([
    ['main-frame', 2],
    ['out-of-process-iframe', 0],
  ]);
  expect(inOrder.inpPerNavigation.map(({ kind }) => kind)).toEqual([
    'already-open',
    'load',
    'back-forward-cache',
  ]);
  expect(inOrder.requests.map(({ isSynchronous }) => isSynchronous)).toEqual([true, false]);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...visit], { minLength: visit.length }), async (shuffled) => {
      expect(describeTrace('trace.json', await factsOf(shuffled))).toEqual(inOrder);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('any part of a trace gives causes without a failure, and only of requests that are there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray([...visit]), async (part) => {
      const { interactions, requests, inpPerNavigation } = describeTrace('trace.json', await factsOf(part));
      const indices = interactions.flatMap(({ causedRequests }) =>
        causedRequests.map(({ request }) => request),
      );
      expect(indices.every((index) => index >= 0 && index < requests.length)).toBe(true);
      const counts = inpPerNavigation.map(({ interactionCount }) => interactionCount);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(interactions.length);
    }),
    { seed: 1, numRuns: 300 },
  );
});
