import { describe, expect, test } from 'vitest';
import { callback, dispatch, microtasks, scriptRequest } from '../support/causes.ts';
import { chainsOf, type Events, FETCH, RESULT } from '../support/chains.ts';
import { type Exchange, exchange } from '../support/exchange.ts';
import { call } from '../support/rendering.ts';
import { PAGE, task } from '../support/trace-events.ts';

/** Which of the trace's requests the first chain waits for, each with how sure that is. */
async function waitedFor(...events: Events): Promise<readonly string[]> {
  const [chain] = await chainsOf(events);
  const waits = (chain?.segments ?? []).filter(({ request }) => request !== null);
  return [...new Set(waits.map(({ request, evidence }) => `${String(request)} ${evidence}`))];
}

/** A request that is answered at once, and whose answer the main thread sees 2 ms after its sending. */
const quick = (id: string, sent: number, change: Partial<Exchange> = {}): ReturnType<typeof exchange> =>
  exchange(id, {
    sent,
    requested: sent + 0.2,
    written: sent + 0.4,
    headers: sent + 1,
    lastByte: sent + 1.5,
    seen: sent + 2,
    ...change,
  });

/** The code that waited for an answer, in the task that saw it. */
const awaited = (seen: number): Events => [task(seen - 1, 10), microtasks(seen + 1, 5)];

/** The click's own request, answered at 150. */
const OWN = exchange('own', { ...FETCH, headers: 148, lastByte: 149, seen: 150 });

describe('between the click’s own answer and the result', () => {
  /** Sent by code at 161, answered at 271. */
  const LATER: Exchange = { sent: 161, requested: 162, written: 163, headers: 269, lastByte: 270, seen: 271 };
  const code = call(160, 4, 'run', 1);

  test('what code sent is taken for what the answer led to, as a guess', async () => {
    expect(await waitedFor(...RESULT, OWN, code, exchange('later', LATER))).toEqual([
      '0 inferred',
      '1 guessed',
    ]);
  });

  test.each([
    ['at this address, is a poll and does not count', {}, false],
    ['at another address, counts', { url: 'https://api.test/else' }, true],
    ['by another method, counts', { method: 'POST' }, true],
  ])('what was asked for before the click too, %s', async (_, change, counts) => {
    const url = 'https://api.test/poll';
    const before = quick('before', 40, { url, ...change });
    const events = [...RESULT, before, OWN, code, exchange('later', { ...LATER, url })];
    expect((await waitedFor(...events)).includes('2 guessed')).toBe(counts);
  });

  test('what the same address was asked for after the click is no poll', async () => {
    const url = 'https://api.test/poll';
    const events = [...RESULT, OWN, quick('after', 155, { url }), code, exchange('later', { ...LATER, url })];
    expect(await waitedFor(...events)).toContain('2 guessed');
  });

  test.each([
    ['no code sent', [code], { stack: [] }],
    ['was sent while none ran', [], {}],
    ['another page sent', [code], { pid: PAGE.pid + 1 }],
  ])('what %s does not count', async (_, runs, change) => {
    const [, ...answer] = exchange('later', LATER);
    const page = 'pid' in change ? { pid: change.pid } : {};
    const sent = [scriptRequest(161, 'later', change), ...answer.map((event) => ({ ...event, ...page }))];
    const waits = await waitedFor(...RESULT, OWN, ...runs, ...sent);
    expect(waits.map((wait) => wait.split(' ')[0])).toEqual(['0']);
  });

  test.each([
    [281, ['0 inferred', '1 guessed']],
    [281.001, ['0 inferred']],
  ])('what was answered at %f ms', async (seen, expected) => {
    const later = exchange('later', { ...LATER, headers: 270, lastByte: 270, seen });
    expect(await waitedFor(...RESULT, OWN, code, later)).toEqual(expected);
  });
});

test('what led to no request of the click’s is not its', async () => {
  const events = [
    call(159, 4, 'tick', 1),
    exchange('other', { ...FETCH, sent: 160, requested: 161, written: 162 }),
  ];
  expect(await waitedFor(...RESULT, ...events)).toEqual([]);
});

describe('one answer after the other', () => {
  const sent = [...RESULT, dispatch(101.5, 3), quick('a', 103)];
  test('all are waited for, and none before them', async () => {
    const events = [
      ...sent,
      awaited(105),
      quick('beside', 107.5),
      quick('b', 108, { lastByte: 129, headers: 128, seen: 130 }),
      awaited(130),
      quick('c', 132, { lastByte: 149, headers: 148, seen: 150 }),
      awaited(150),
      quick('d', 152, { lastByte: 269, headers: 268, seen: 270 }),
    ].flat();
    expect((await waitedFor(...events)).map((wait) => wait.split(' ')[0])).toEqual(['0', '2', '3', '4']);
  });

  test('though a timer lay between the answer and the sending', async () => {
    const events = [
      ...sent,
      ...awaited(105),
      callback('timer', { id: 5, at: 107, runs: [[160, 5]] }),
      quick('b', 161, { lastByte: 269, headers: 268, seen: 270 }),
    ];
    expect((await waitedFor(...events)).map((wait) => wait.split(' ')[0])).toEqual(['0', '1']);
  });

  test('what is guessed to be the click’s stays a guess, though the first code after its answer makes the change', async () => {
    const events = [
      ...sent,
      task(110, 5),
      microtasks(111, 3),
      quick('b', 112, { lastByte: 269, headers: 268, seen: 270 }),
    ];
    expect((await waitedFor(...events)).at(-1)).toBe('1 guessed');
  });
});
