import { scaleLinear } from 'd3-scale';
import { expect, test } from 'vitest';
import type { TaskColumns } from '../../src/result/load.ts';
import { taskAt, taskBoxes } from '../../viewer/layout/task-boxes.ts';

/** 100 ms on 1000 px: a millisecond is 10 px. */
const x = scaleLinear([0, 100], [0, 1000]);

const columns = (
  ...tasks: readonly (readonly [startMs: number, durationMs: number, cpuMs: number])[]
): TaskColumns => ({
  startMs: tasks.map(([startMs]) => startMs),
  durationMs: tasks.map(([, durationMs]) => durationMs),
  cpuMs: tasks.map(([, , cpuMs]) => cpuMs),
});

test('a task is as wide as its wall time, and its inner bar as its processor time', () => {
  expect(taskBoxes(columns([10, 20, 5]), x)).toEqual([
    { task: 0, x: 100, width: 200, blockingWidth: 0, cpuWidth: 50 },
  ]);
});

test('only what a long task has over 50 ms blocks', () => {
  expect(
    taskBoxes(columns([0, 50, 50], [50, 50.1, 50]), x).map(({ blockingWidth }) => blockingWidth),
  ).toEqual([0, expect.closeTo(1)]);
});

test('a task without processor time has no inner bar, which is not an empty one', () => {
  expect(taskBoxes(columns([0, 10, -1]), x)[0]?.cpuWidth).toBeUndefined();
  expect(taskBoxes(columns([0, 10, 0]), x)[0]?.cpuWidth).toBe(0);
});

test('a task narrower than a pixel is still a pixel', () => {
  expect(taskBoxes(columns([10, 0.001, 0]), x)[0]?.width).toBe(1);
});

test('tasks that share a pixel are drawn once, and a wide one among them is not lost', () => {
  const crowd = columns([10, 0.01, 0], [10.02, 0.01, 0], [10.04, 0.01, 0], [10.06, 5, 5]);
  expect(taskBoxes(crowd, x).map(({ task, width }) => [task, Math.round(width)])).toEqual([
    [0, 1],
    [3, 50],
  ]);
});

test('tasks outside the shown time are left out, one that reaches into it is not', () => {
  expect(taskBoxes(columns([-50, 10, 1], [-5, 10, 1], [120, 10, 1]), x).map(({ task }) => task)).toEqual([1]);
});

test('the pointer finds the longest task near it', () => {
  const tasks = columns([10, 0.1, 0], [10.2, 30, 4], [60, 1, 1]);
  expect(taskAt(tasks, 10.1, 0.3)).toEqual({ task: 1, startMs: 10.2, durationMs: 30, cpuMs: 4 });
  expect(taskAt(tasks, 50, 0.3)).toBeUndefined();
});

test('a task without any length has no share of time, and no task more than all of a processor', () => {
  expect(taskBoxes(columns([10, 0, 0]), x)).toEqual([
    { task: 0, x: 100, width: 1, blockingWidth: 0, cpuWidth: 0 },
  ]);
  expect(taskBoxes(columns([10, 20, 21]), x)[0]?.cpuWidth).toBe(200);
});

test('tasks a whole pixel apart are two, and of two as long the pointer finds the first', () => {
  const pixelPerMs = scaleLinear([0, 100], [0, 100]);
  expect(taskBoxes(columns([10, 0.5, 0], [11, 0.5, 0]), pixelPerMs).map(({ task }) => task)).toEqual([0, 1]);
  expect(taskAt(columns([10, 5, 1], [15, 5, 1]), 15, 0.3)?.task).toBe(0);
});
