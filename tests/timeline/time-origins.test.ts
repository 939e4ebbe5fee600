import { expect, test } from 'vitest';
import { traceTime, type TraceTime } from '../../src/base/units.ts';
import { TimeOrigins } from '../../src/timeline/page/time-origins.ts';
import { clock } from '../support/trace-events.ts';

const at = (ms: number): TraceTime => traceTime(clock(ms));

/** What is known of frame `F` of process 1: its first document began at 0, and the next at 200. */
function known(order: readonly number[]): TimeOrigins {
  const origins = new TimeOrigins();
  const events = [
    { ms: 100, timeStamp: 100 },
    { ms: 300, timeStamp: 100 },
    { ms: 400, timeStamp: 200 },
  ];
  for (const index of order) {
    const { ms, timeStamp } = events[index] ?? { ms: 0, timeStamp: 0 };
    origins.note({ pid: 1, ts: at(ms) }, { data: { timeStamp, frame: 'F' } });
  }
  return origins;
}

test.each([
  [99, undefined],
  [100, 50],
  [299, 50],
  [300, 250],
  [900, 250],
])('at %i a document’s 50 ms are those of the document whose event was the last before', (ms, expected) => {
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
  ]) {
    const found = known(order).onTraceClock(50, { pid: 1, frame: 'F', ts: at(ms) });
    expect(found).toBe(expected === undefined ? undefined : at(expected));
  }
});

test.each([
  ['frame', { pid: 1, frame: 'G' }],
  ['process', { pid: 2, frame: 'F' }],
])('of another %s nothing is known', (_, place) => {
  expect(known([0, 1]).onTraceClock(50, { ...place, ts: at(900) })).toBeUndefined();
});

test('old Chrome names the frame beside the data, and an event that names none or no time tells nothing', () => {
  const origins = new TimeOrigins();
  origins.note({ pid: 1, ts: at(100) }, { frame: 'F', data: { timeStamp: 70 } });
  origins.note({ pid: 1, ts: at(200) }, { data: { timeStamp: 5 } });
  origins.note({ pid: 1, ts: at(300) }, { data: { frame: 'F' } });
  expect(origins.onTraceClock(50, { pid: 1, frame: 'F', ts: at(900) })).toBe(at(80));
});
