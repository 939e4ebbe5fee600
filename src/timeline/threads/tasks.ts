import { lastWhere } from '../../base/last-where.ts';
import { later, micro, type Micro, traceTime, type TraceTime } from '../../base/units.ts';
import {
  SPAN_CPU,
  SPAN_DURATION,
  SPAN_NAME,
  SPAN_PID,
  SPAN_SIZE,
  SPAN_TID,
  SPAN_TS,
} from '../../trace/spans.ts';
import { Column } from '../columns.ts';
import type { Handler } from '../handler.ts';
import { ThreadMap } from './thread-map.ts';
import type { Thread } from './thread.ts';

/** One run of a thread's event loop. */
export interface Task {
  readonly start: TraceTime;
  /** Wall time. */
  readonly duration: Micro;
  /** Time on the processor. Undefined where the trace lacks it. */
  readonly cpu: Micro | undefined;
}

/** What a `Task` has. */
export type VisitTask = (start: TraceTime, duration: Micro, cpu: Micro | undefined) => void;

export interface Tasks {
  /**
   * The thread's outermost tasks in order of time: nested and doubly recorded ones are counted once. Made one at a time,
   * since a long trace has millions, most of them short.
   */
  outermostOf(thread: Thread, longerThan?: Micro): Iterable<Task>;
  /** How many those are. */
  outermostCount(thread: Thread): number;
  /** The one of them that lies at a time, its ends included; of two that touch there the later. */
  outermostAt(thread: Thread, time: TraceTime): Task | undefined;
  /** Visits those that overlap a stretch of time. Every interaction asks for its own: an object for each is a lot of garbage. */
  visitWithin(thread: Thread, start: TraceTime, end: TraceTime, visit: VisitTask): void;
  /** The sum of all of the thread's tasks, nested ones included: only good to compare threads by. */
  totalOf(thread: Thread): Micro;
}

/** What Chrome calls a task: since 71; in 69 and 70, and with category `toplevel`; 66 to 68; before. */
export const TASK_NAMES: readonly string[] = [
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
  /** Made when first asked for. */
  outermost: Uint32Array | undefined;
}

/** Sums of fractional times on a clock that counts from the machine's start are off by some tenths of a nanosecond, in µs. */
const ROUNDING = 0.001;

/** Gathers the tasks of every thread. A begin without an end is left out: never stretched to the end of the trace. */
export function tasks(): Handler<Tasks> {
  const threads = new ThreadMap(noTasks);
  return {
    watches: [],
    spans: {
      names: TASK_NAMES,
      handle({ numbers, count }, places) {
        for (let from = 0; from < count * SPAN_SIZE; from += SPAN_SIZE) {
          const duration = numbers[from + SPAN_DURATION] ?? Number.NaN;
          if ((places[numbers[from + SPAN_NAME] ?? 0] ?? -1) === -1 || !(duration > 0)) continue;
          const own = threads.of(numbers[from + SPAN_PID] ?? 0, numbers[from + SPAN_TID] ?? 0);
          own.starts.push(numbers[from + SPAN_TS] ?? 0);
          own.durations.push(duration);
          own.cpus.push(numbers[from + SPAN_CPU] ?? Number.NaN);
          own.total += duration;
        }
      },
    },
    handle: () => undefined,
    finish: () => ({
      outermostOf: ({ pid, tid }, longerThan) => outermostOf(threads.get(pid, tid), longerThan),
      outermostCount({ pid, tid }) {
        const own = threads.get(pid, tid);
        return own === undefined ? 0 : outermostIn(own).length;
      },
      outermostAt: ({ pid, tid }, time) => outermostAt(threads.get(pid, tid), time),
      visitWithin: ({ pid, tid }, start, end, visit) => {
        visitWithin(threads.get(pid, tid), start, end, visit);
      },
      totalOf: ({ pid, tid }) => micro(threads.get(pid, tid)?.total ?? 0),
    }),
  };
}

const noTasks = (): ThreadTasks => ({
  starts: new Column(),
  durations: new Column(),
  cpus: new Column(),
  total: 0,
  outermost: undefined,
});

function* outermostOf(columns: ThreadTasks | undefined, longerThan: number = 0): Iterable<Task> {
  if (columns === undefined) return;
  for (const index of outermostIn(columns)) {
    if (columns.durations.at(index) > longerThan) yield taskAt(columns, index);
  }
}

function outermostAt(columns: ThreadTasks | undefined, time: TraceTime): Task | undefined {
  if (columns === undefined) return undefined;
  const outermost = outermostIn(columns);
  const last = outermost[lastWhere(outermost.length, (at) => columns.starts.at(outermost[at] ?? 0) <= time)];
  const task = last === undefined ? undefined : taskAt(columns, last);
  return task !== undefined && time <= later(task.start, task.duration) ? task : undefined;
}

function visitWithin(
  columns: ThreadTasks | undefined,
  start: TraceTime,
  end: TraceTime,
  visit: VisitTask,
): void {
  if (columns === undefined) return;
  const { starts, durations, cpus } = columns;
  const outermost = outermostIn(columns);
  const first = lastWhere(outermost.length, (at) => starts.at(outermost[at] ?? 0) <= start);
  for (let at = Math.max(0, first); at < outermost.length; at++) {
    const index = outermost[at] ?? 0;
    const from = traceTime(starts.at(index));
    if (from >= end) return;
    const duration = micro(durations.at(index));
    if (later(from, duration) > start) visit(from, duration, recorded(cpus.at(index)));
  }
}

function taskAt({ starts, durations, cpus }: ThreadTasks, index: number): Task {
  return {
    start: traceTime(starts.at(index)),
    duration: micro(durations.at(index)),
    cpu: recorded(cpus.at(index)),
  };
}

const recorded = (cpu: number): Micro | undefined => (Number.isNaN(cpu) ? undefined : micro(cpu));

/** Which of the thread's tasks lie in no other, in order of time. */
function outermostIn(columns: ThreadTasks): Uint32Array {
  if (columns.outermost !== undefined) return columns.outermost;
  const { starts, durations } = columns;
  const order = inOrder(columns);
  let count = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    const taskEnd = starts.at(index) + durations.at(index);
    if (taskEnd <= end + ROUNDING) continue;
    end = taskEnd;
    order[count++] = index;
  }
  columns.outermost = order.subarray(0, count);
  return columns.outermost;
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
