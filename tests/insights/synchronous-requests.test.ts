import { describe, expect, test } from 'vitest';
import { scriptRequest, xhrState } from '../support/causes.ts';
import { synchronousRequests } from '../../src/insights/synchronous-requests.ts';
import { describeTrace } from '../support/described.ts';
import { finishEvent, responseEvent } from '../support/requests.ts';
import { factsOf } from '../support/trace-bytes.ts';
import { instant, mainThread, task, type TraceEvent } from '../support/trace-events.ts';

const URL = 'https://api.test/a';
const XHR = { fetchType: 'xmlhttprequest' };
const send = scriptRequest(20, 'a', XHR);
const answer = responseEvent('a', { headers: 150, seen: 155 });

async function isSynchronous(...events: readonly TraceEvent[]): Promise<boolean | undefined> {
  const { requests } = describeTrace('trace.json', await factsOf(mainThread, ...events));
  return requests[0]?.isSynchronous;
}

const pausedScript = (ms: number, pauseMs: number): TraceEvent =>
  instant('AnimationFrame::Script::Execute', ms, {
    ph: 'b',
    args: { animation_frame_script_timing_info: { pause_duration_ms: pauseMs } },
  });

test('an XMLHttpRequest whose answer is handled in the task that sent it is synchronous', async () => {
  expect(await isSynchronous(task(10, 170), send, answer, xhrState(160, 4, URL))).toBe(true);
});

test('so is one for which its script was paused, though nobody handles its answer', async () => {
  expect(await isSynchronous(task(10, 170), pausedScript(15, 135), send, answer)).toBe(true);
});

test('so is one of before Chrome named kinds, if code sent it', async () => {
  const unnamed = scriptRequest(20, 'a', { fetchType: undefined });
  expect(await isSynchronous(task(10, 170), unnamed, answer, xhrState(160, 4, URL))).toBe(true);
});

test('so is one that was redirected: its handlers name the address that was asked for', async () => {
  const moved = scriptRequest(60, 'a', { ...XHR, url: `${URL}/` });
  expect(await isSynchronous(task(10, 170), send, moved, answer, xhrState(160, 4, URL))).toBe(true);
});

test('so is one of a trace that lacks the names of threads', async () => {
  const facts = await factsOf(mainThread.slice(0, -1), task(10, 170), send, answer, xhrState(160, 4, URL));
  expect([...synchronousRequests(facts)]).toHaveLength(1);
});

describe('not synchronous is', () => {
  const whole = task(10, 170);

  test.each<readonly [string, readonly TraceEvent[]]>([
    ['one that a later task handles', [task(10, 50), task(158, 20), send, answer, xhrState(160, 4, URL)]],
    ['one that is only opened in the task', [whole, send, answer, xhrState(19, 1, URL)]],
    ['one that got to a later state only', [whole, send, answer, xhrState(160, 3, URL)]],
    ['one with another address than what is handled', [whole, send, answer, xhrState(160, 4, `${URL}?2`)]],
    [
      'one that was aborted at once',
      [whole, send, xhrState(30, 4, URL), finishEvent('a', { seen: 40, failed: true })],
    ],
    ['a fetch', [whole, scriptRequest(20, 'a'), answer, xhrState(160, 4, URL), pausedScript(15, 100)]],
    ['one in a script that was never paused', [whole, pausedScript(15, 0), send, answer]],
    ['one after which a script was paused', [whole, pausedScript(30, 100), send, answer]],
    ['one outside of any recorded task', [send, answer, xhrState(160, 4, URL)]],
  ])('%s', async (_, events) => {
    expect(await isSynchronous(...events)).toBe(false);
  });

  test('one that stops a worker: the page lives meanwhile', async () => {
    const tid = 9;
    const state = { ...xhrState(160, 4, URL), tid };
    expect(await isSynchronous(task(10, 170, { tid }), { ...send, tid }, { ...answer, tid }, state)).toBe(
      false,
    );
  });

  test('one whose task belongs to another thread', async () => {
    expect(await isSynchronous(task(10, 170, { tid: 9 }), send, answer, xhrState(160, 4, URL))).toBe(false);
  });
});
