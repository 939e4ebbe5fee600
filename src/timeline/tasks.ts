import { micro, type Micro, traceTime, type TraceTime } from '../base/units.ts';
import { Column } from './columns.ts';
import type { Handler } from './handler.ts';
import type { Thread } from './threads.ts';

/** One run of a thread's event loop. */
export interface Task {
  readonly start: TraceTime;
  /** Wall time. */
  readonly duration: Micro;
  /** Time on the processor. Undefined where the trace lacks it. */
  readonly cpu: Micro | undefined;
}

export interface Tasks {
  /**
   * The thread's outermost tasks in order of time: nested and doubly recorded ones are counted once. Made one at a time,
   * since a long trace has millions.
   */
  outermostOf(thread: Thread): Iterable<Task>;
  /** The sum of all of the thread's tasks, nested ones included: only good to compare threads by. */
  totalOf(thread: Thread): Micro;
}

/** What Chrome calls a task: since 71; in 69 and 70, and with category `toplevel`; 66 to 68; before. */
const TASK_NAMES: readonly string[] = [
  'RunTask',
  'ThreadControllerImpl::RunTask',
  'ThreadControllerImpl::DoWork',
  'TaskQueueManager::ProcessTaskFromWorkQueue',
];

interface ThreadTasks {
  readonly starts: Column;
  readonly durations: Column;
  readonly cpus: Column;
  total: number;
}

/** Sums of fractional times on a clock that counts from the machine's start are off by some tenths of a nanosecond, in µs. */
const ROUNDING = 0.001;

/** Gathers the tasks of every thread. A begin without an end is left out: never stretched to the end of the trace. */
export function tasks(): Handler<Tasks> {
  const threads = new Map<number, Map<number, ThreadTasks>>();
  return {
    watches: TASK_NAMES,
    handle(row) {
      const { duration } = row;
      if (row.phase !== 'X' || !(duration > 0)) return;
      const own = columnsOf(threads, row.pid, row.tid);
      own.starts.push(row.ts);
      own.durations.push(duration);
      own.cpus.push(row.cpu);
      own.total += duration;
    },
    finish: () => ({
      outermostOf: ({ pid, tid }) => outermost(threads.get(pid)?.get(tid)),
      totalOf: ({ pid, tid }) => micro(threads.get(pid)?.get(tid)?.total ?? 0),
    }),
  };
}

function columnsOf(threads: Map<number, Map<number, ThreadTasks>>, pid: number, tid: number): ThreadTasks {
  let process = threads.get(pid);
  if (process === undefined) {
    process = new Map();
    threads.set(pid, process);
  }
  let own = process.get(tid);
  if (own === undefined) {
    own = { starts: new Column(), durations: new Column(), cpus: new Column(), total: 0 };
    process.set(tid, own);
  }
  return own;
}

function* outermost(columns: ThreadTasks | undefined): Iterable<Task> {
  if (columns === undefined) return;
  const { starts, durations, cpus } = columns;
  let end = Number.NEGATIVE_INFINITY;
  for (const index of inOrder(columns)) {
    const start = starts.at(index);
    const duration = durations.at(index);
    if (start + duration <= end + ROUNDING) continue;
    end = start + duration;
    const cpu = cpus.at(index);
    yield {
      start: traceTime(start),
      duration: micro(duration),
      cpu: Number.isNaN(cpu) ? undefined : micro(cpu),
    };
  }
}

/** By start; of those that start together the longest first, so that it is seen to enclose the others. */
function inOrder({ starts, durations }: ThreadTasks): Uint32Array {
  const compare = (a: number, b: number): number =>
    starts.at(a) - starts.at(b) || durations.at(b) - durations.at(a);
  const order = new Uint32Array(starts.length);
  let isSorted = true;
  for (let index = 0; index < order.length; index++) {
    order[index] = index;
    if (index > 0 && compare(index - 1, index) > 0) isSorted = false;
  }
  // Chrome writes a thread's tasks nearly always in order: sorting a million of them anyway would cost a second.
  return isSorted ? order : order.toSorted(compare);
}
