import { describe, expect, test } from 'vitest';
import { micro, type Micro, traceTime } from '../../src/base/units.ts';
import { isStarved, loopBlockedBetween, overlaps } from '../../src/insights/loop-blocked.ts';
import type { LoopBlocked } from '../../src/timeline/server/server-trace.ts';

const block = (start: number, duration: number): LoopBlocked => ({
  start: traceTime(start),
  duration: micro(duration),
  cpu: undefined,
  kind: '',
  request: '',
  stack: [],
  by: 'sqlite',
});

const blocked = (blocks: readonly LoopBlocked[], start: number, end: number): Micro =>
  loopBlockedBetween(blocks, traceTime(start), traceTime(end));

describe('between two moments the loop was blocked', () => {
  // 0    100       200    300
  //      ==block===
  test.each([
    ['for the whole block, if it lies between them', 0, 300, 100],
    ['from the first moment on, if it was blocked already', 150, 300, 50],
    ['until the second moment, if it was blocked for longer', 0, 120, 20],
    ['for all of the time, if the block is around it', 120, 130, 10],
    ['for no time, if the block ended at the first', 200, 300, 0],
    ['for no time, if the block began at the second', 0, 100, 0],
    ['for no time, if there is none between them', 150, 150, 0],
    ['for no time, if the second comes before the first', 190, 110, 0],
  ])('%s', (_, start, end, expected) => {
    expect(blocked([block(100, 100)], start, end)).toBe(expected);
  });

  test('for the sum of the blocks', () => {
    expect(blocked([block(0, 10), block(20, 10), block(40, 10)], 5, 45)).toBe(20);
  });

  test('for no time without a block', () => {
    expect(blocked([], 0, 100)).toBe(0);
  });
});

const touched = (start: number, end: number): boolean =>
  overlaps(block(100, 100), traceTime(start), traceTime(end));

test('a block that only touches a stretch does not overlap it', () => {
  expect([touched(0, 100), touched(200, 300)]).toEqual([false, false]);
  expect([touched(0, 101), touched(199, 300), touched(120, 130), touched(0, 300)]).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

describe('a block of 100', () => {
  test.each([
    ['of a cause that nobody saw, without a processor', 'unknown', 0, true],
    ['with one for less than half of it', 'unknown', 49, true],
    ['with one for half of it', 'unknown', 50, false],
    ['with one all the time', 'unknown', 104, false],
    ['of which that is not known', 'unknown', undefined, true],
    ['by code that waits', 'javascript', 0, false],
    ['by a query that waits', 'database', 0, false],
    ['of which the server tells no kind', '', undefined, false],
  ])('%s (%s, %o on the processor): starved is %s', (_, kind, cpu, expected) => {
    const known = cpu === undefined ? undefined : micro(cpu);
    expect(isStarved({ ...block(0, 100), kind, cpu: known })).toBe(expected);
  });
});
