import type { ScaleLinear } from 'd3-scale';
import type { TaskColumns } from '../../src/result/load.ts';
import { LONG_TASK_MS } from './figure-rows.ts';

export interface TaskBox {
  /** Index of the task, or of the first one of several that share a pixel. */
  readonly task: number;
  readonly x: number;
  readonly width: number;
  /** The part past the first 50 ms: 0 for a task that is not long. */
  readonly blockingWidth: number;
  /** Time on the processor, to scale. Undefined where Chrome recorded none. */
  readonly cpuWidth: number | undefined;
}

/**
 * The tasks that can be seen, one box for all that share a pixel. One pass over the columns: quick enough for the
 * 100,000 tasks that a step can have, and no wide task hides behind a narrow one, since only those of a pixel are merged.
 */
export function taskBoxes(tasks: TaskColumns, x: ScaleLinear<number, number>): readonly TaskBox[] {
  const [left = 0, right = 0] = x.range();
  const boxes: TaskBox[] = [];
  for (const [task, startMs] of tasks.startMs.entries()) {
    const durationMs = tasks.durationMs[task] ?? 0;
    const box = taskBox({ task, startMs, durationMs, cpuMs: tasks.cpuMs[task] ?? -1 }, x);
    if (box.x + box.width < left || box.x > right) continue;
    const before = boxes.at(-1);
    if (before === undefined || !sharesPixel(before, box)) boxes.push(box);
  }
  return boxes;
}

export interface Task {
  readonly task: number;
  readonly startMs: number;
  readonly durationMs: number;
  /** -1 where Chrome recorded none. */
  readonly cpuMs: number;
}

function taskBox({ task, startMs, durationMs, cpuMs }: Task, x: ScaleLinear<number, number>): TaskBox {
  const width = x(startMs + durationMs) - x(startMs);
  const perMs = durationMs === 0 ? 0 : width / durationMs;
  return {
    task,
    x: x(startMs),
    width: Math.max(1, width), // narrower than a pixel would vanish
    blockingWidth: Math.max(0, durationMs - LONG_TASK_MS) * perMs,
    cpuWidth: cpuMs < 0 ? undefined : Math.min(cpuMs, durationMs) * perMs,
  };
}

const sharesPixel = (a: TaskBox, b: TaskBox): boolean => a.width <= 1 && b.width <= 1 && b.x - a.x < 1;

/** The task under the pointer: within `slackMs`, the longest, since the short ones are thinner than a pointer is exact. */
export function taskAt(tasks: TaskColumns, atMs: number, slackMs: number): Task | undefined {
  let found: Task | undefined;
  for (const [task, startMs] of tasks.startMs.entries()) {
    const durationMs = tasks.durationMs[task] ?? 0;
    if (atMs < startMs - slackMs || atMs > startMs + durationMs + slackMs) continue;
    if (found === undefined || durationMs > found.durationMs)
      found = { task, startMs, durationMs, cpuMs: tasks.cpuMs[task] ?? -1 };
  }
  return found;
}
