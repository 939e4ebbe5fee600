import { expect, test } from 'vitest';
import { judgeLongTasks } from '../../src/budget/long-task-claim.ts';
import type { Claim } from '../../src/result/claim.ts';
import type { Load } from '../../src/result/load.ts';
import { evidenceOf, FIRST, loadOf, type Measured, rounds, SECOND, stepResult } from '../support/loads.ts';

const judge = (first: readonly Measured[], second: readonly Measured[]): Claim =>
  judgeLongTasks({ id: 'long-tasks', text: 'Long tasks show it' }, evidenceOf(rounds(first, second)));

/** As many loads as a verdict takes, all alike. */
const five = (measured: Measured): readonly Measured[] => Array.from({ length: 5 }, () => measured);

const task = (wall: number, cpu = wall): Measured => ({ inp: 16, tasks: [[wall, cpu]] });

test('long tasks tell the variants apart where every load of the first has one and none of the second', () => {
  expect(judge([...five(task(170)), task(51)], [...five(task(50)), task(8)]).verdict).toBe('confirmed');
});

test.each([
  ['neither variant has one', five(task(4)), five(task(4))],
  ['both have one', five(task(170)), five(task(168))],
  ['only the second has one', five(task(4)), five(task(170))],
])('the claim is refuted where %s', (_, first, second) => {
  expect(judge(first, second).verdict).toBe('refuted');
});

test('fewer than five loads tell neither "always" nor "never"', () => {
  expect(judge(five(task(170)).slice(1), five(task(4))).verdict).toBe('inconclusive');
  expect(judge(five(task(170)), five(task(4)).slice(1)).verdict).toBe('inconclusive');
});

test('a long task in some loads only is inconclusive', () => {
  const claim = judge([...five(task(30)), task(60)], five(task(4)));
  expect(claim.verdict).toBe('inconclusive');
});

test('a long task in some loads only is not told as a task of the median length, which is not long', () => {
  const claim = judge([task(30), task(60), task(20)], [task(4), task(4), task(4)]);
  expect(claim.findings[0]?.sentence).toBe(
    'The click: sync-backed a long task in 1 of 3 loads, the longest of 60 ms; async-backed no long task.',
  );
});

test('a variant without a valid load is inconclusive, and not measured rather than without long tasks', () => {
  const claim = judge([task(170)], []);
  expect(claim.verdict).toBe('inconclusive');
  expect(claim.findings[0]?.sentence).toContain('async-backed not measured');
});

test('the sentence says how much of a long task was work', () => {
  const waiting: Measured = { ...task(176, 18), blocked: 150 };
  expect(judge([waiting], [{ ...task(4), blocked: 0 }]).findings[0]?.sentence).toBe(
    'The click: sync-backed a long task of 176 ms (18 ms of it on the processor), server loop blocked 150 ms; async-backed no long task, server loop blocked 0 ms.',
  );
});

test('processor time that Chrome did not record is left out of the sentence', () => {
  expect(judge([task(176, -1)], [task(4)]).findings[0]?.sentence).toBe(
    'The click: sync-backed a long task of 176 ms; async-backed no long task.',
  );
});

test('each step is judged for itself', () => {
  const claim = judgeLongTasks(
    { id: 'long-tasks', text: 'Long tasks show it' },
    evidenceOf(
      [0, 1, 2, 3, 4].flatMap((round) => [xhrAndCompute(FIRST, 170, round), xhrAndCompute(SECOND, 9, round)]),
    ),
  );
  expect(claim.verdict).toBe('partly');
});

const xhrAndCompute = (variant: string, wall: number, round: number): Load =>
  loadOf([stepResult('xhr', task(wall)), stepResult('compute', task(120))], { variant, round });
