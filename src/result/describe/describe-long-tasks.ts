import { unavailable } from '../../base/measure.ts';
import { between, micro, toMs, type TraceTime, type Micro } from '../../base/units.ts';
import { hasTasks, mainThreadTasks } from '../../insights/main-thread.ts';
import { blockingTime, isLong, LONG_TASK } from '../../metrics/blocking.ts';
import type { Facts } from '../../timeline/facts.ts';
import type { Task } from '../../timeline/threads/tasks.ts';
import type { LongTasks } from '../trace-result.ts';

type Given = Pick<Facts, 'mainFrame' | 'tasks' | 'start'>;

/** Where there are long tasks the longest is one of them: only a trace without any has all of its tasks looked at. */
export function describeLongTasksOf(facts: Given): LongTasks {
  const { mainFrame, tasks } = facts;
  const long = [...mainThreadTasks(mainFrame, tasks, LONG_TASK)];
  return describeLongTasks(long.length > 0 ? long : mainThreadTasks(mainFrame, tasks), facts);
}

/**
 * The long ones of some of the page's tasks; the longest of all of them, long or not. Where the trace has no main thread, or no
 * task of it, none is known, which is not the same as none.
 */
export function describeLongTasks(tasks: Iterable<Task>, facts: Given): LongTasks {
  if (facts.mainFrame === undefined) return unknown('no-renderer-main-thread');
  return hasTasks(facts) ? known(tasks, facts.start) : unknown('no-tasks');
}

const unknown = (why: 'no-renderer-main-thread' | 'no-tasks'): LongTasks => ({
  count: unavailable(why),
  totalBlockingTimeMs: unavailable(why),
  longestMs: unavailable('no-tasks'),
  tasks: [],
});

function known(tasks: Iterable<Task>, origin: TraceTime): LongTasks {
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
