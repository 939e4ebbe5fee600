import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/measure.ts';
import type { NetworkRequest } from '../../src/result/trace-result.ts';
import { type Card, interactionCard, requestCard, taskCard } from '../../viewer/layout/cards.ts';
import { requestSpan } from '../../viewer/layout/step-timeline.ts';
import { interaction } from '../support/loads.ts';
import { NO_REQUEST_DETAILS } from '../support/sample-causes.ts';

const task = (durationMs: number, cpuMs: number): Card =>
  taskCard({ task: 0, startMs: 5, durationMs, cpuMs });

describe('the card of a task', () => {
  test('tells no time on the processor from none that was recorded', () => {
    expect(task(20, 0).facts).toContainEqual(['CPU', '0 ms (0 %)']);
    expect(task(20, -1).facts).toContainEqual(['CPU', 'not recorded']);
    expect(task(0, 0).facts).toContainEqual(['CPU', '0 ms (100 %)']);
  });

  test('calls it long above 50 ms, and counts only what is above', () => {
    expect(task(50, 50).title).toBe('Main-thread task');
    expect(task(80, 80).title).toBe('Long task');
    expect(task(80, 80).facts).toContainEqual(['Blocking', '30 ms over 50 ms']);
    expect(task(80, 80).note).toBeUndefined();
    expect(task(80, 20).note).toBe('Waiting, not working: 60 ms of it used no processor.');
  });
});

test('the card of an interaction says whether its result was painted, or marked by the page', () => {
  const painted = interaction(24, 1200);
  expect(interactionCard(painted).facts.slice(4)).toEqual([
    ['First change painted', '1,200 ms'],
    ['Result painted (ICP)', '1,200 ms'],
  ]);
  const marked = interactionCard({ ...painted, icpSource: 'user-mark' });
  expect(marked.facts.slice(4)).toEqual([['Result marked by the page (ICP)', '1,200 ms']]);
});

const REQUEST: NetworkRequest = {
  url: 'https://page.test/api',
  method: 'GET',
  status: 200,
  startMs: 100,
  responseStartMs: 160,
  endMs: 180,
  responseEventMs: 200,
  serverTiming: [
    { name: 'db', durationMs: 40, description: 'orders' },
    { name: 'view', durationMs: 5, description: '' },
  ],
  ...NO_REQUEST_DETAILS,
};

const factsOf = (change: Partial<NetworkRequest> = {}): unknown =>
  Object.fromEntries(requestCard(requestSpan({ ...REQUEST, ...change }, 0, 1000)).facts);

describe('the card of a request', () => {
  test('divides it into the wait for headers and the download, and says what the server says', () => {
    expect(factsOf()).toEqual({
      Status: '200',
      Sent: '100 ms',
      'Waited for headers': '60 ms',
      Download: '20 ms',
      'Main thread got to it': '200 ms',
      'Server: db': '40 ms, orders',
      'Server: view': '5 ms',
    });
  });

  test('has reasons where there is no figure', () => {
    const none = unavailable('no-response');
    expect(
      factsOf({
        status: none,
        responseStartMs: none,
        responseEventMs: none,
        endMs: unavailable('unfinished'),
        serverTiming: [],
      }),
    ).toEqual({
      Status: 'there was no response',
      Sent: '100 ms',
      'Waited for headers': 'there was no response',
      Download: 'it had not finished when the recording ended',
    });
    expect(factsOf({ endMs: unavailable('unfinished') })).toMatchObject({
      'Waited for headers': '60 ms',
      Download: 'it had not finished when the recording ended',
    });
  });
});
