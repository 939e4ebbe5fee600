import { unavailable } from '../../base/measure.ts';
import { between, micro, toMs, type TraceTime, type Micro } from '../../base/units.ts';
import { mainThreadTasks } from '../../insights/main-thread.ts';
import { blockingTime, isLong, LONG_TASK } from '../../metrics/blocking.ts';
import type { Facts } from '../../timeline/facts.ts';
import type { Task } from '../../timeline/threads/tasks.ts';
import type { LongTasks } from '../trace-result.ts';

const NO_MAIN_THREAD = unavailable('no-renderer-main-thread');

/** Without a main thread none of them is known, which is not the same as none. */
export const NO_LONG_TASKS: LongTasks = {
  count: NO_MAIN_THREAD,
  totalBlockingTimeMs: NO_MAIN_THREAD,
  longestMs: unavailable('no-tasks'),
  tasks: [],
};

/** Where there are long tasks the longest is one of them: only a trace without any has all of its tasks looked at. */
export function describeLongTasksOf({ mainFrame, tasks, start }: Facts): LongTasks {
  if (mainFrame === undefined) return NO_LONG_TASKS;
  const long = [...mainThreadTasks(mainFrame, tasks, LONG_TASK)];
  return describeLongTasks(long.length > 0 ? long : mainThreadTasks(mainFrame, tasks), start);
}

/** The long ones of the tasks; the longest of all of them, long or not. */
export function describeLongTasks(tasks: Iterable<Task>, origin: TraceTime): LongTasks {
  const long: Task[] = [];
  let longest: Micro | undefined;
  for (const task of tasks) {
    if (isLong(task.duration)) long.push(task);
    if (longest === undefined || task.duration > longest) longest = task.duration;
  }
  const blocking = long.reduce((sum, { duration }) => sum + blockingTime(duration), 0);
  return {
    count: long.length,
    totalBlockingTimeMs: toMs(micro(blocking)),
    longestMs: longest === undefined ? unavailable('no-tasks') : toMs(longest),
    tasks: long.map(({ start, duration, cpu }) => ({
      startMs: toMs(between(origin, start)),
      durationMs: toMs(duration),
      cpuMs: cpu === undefined ? unavailable('not-recorded') : toMs(cpu),
      blockingMs: toMs(blockingTime(duration)),
    })),
  };
}
