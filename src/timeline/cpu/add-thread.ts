import type { Span } from '../span.ts';
import type { CallTreeBuilder } from './call-tree.ts';
import type { CpuProfile } from './cpu-profile.ts';
import { EVENT_NAMES, IS_INVOCATION } from '../threads/event-names.ts';
import { SampleSweep } from './sample-sweep.ts';
import type { Task } from '../threads/tasks.ts';
import type { EventsOfThread } from '../threads/thread-events.ts';
import { type Slices, ThreadSweep } from './thread-sweep.ts';

/** What a call tree is made from: all of one thread. */
export interface ThreadRecord {
  /** Outermost, in order of time. */
  readonly tasks: Iterable<Task>;
  readonly events: EventsOfThread | undefined;
  readonly profile: CpuProfile | undefined;
}

/**
 * Adds one thread's time to a call tree: tasks, the events in them, and the functions that the samples saw in those.
 * @param windows The stretches for which the caller wants to know what the thread was at.
 */
export function addThread(tree: CallTreeBuilder, record: ThreadRecord, windows: readonly Span[]): Slices {
  const sweep = new ThreadSweep(tree, touches(windows));
  const tasks = new TaskSweep(sweep, tree.activityFrame('RunTask'), record.tasks);
  // Where tasks were not recorded, samples are all that is known of the time outside events.
  const samples = new SampleSweep(sweep, tree, {
    profile: record.profile,
    countsOutsideEvents: tasks.isEmpty,
  });
  const events = record.events ?? NO_EVENTS;
  const activities = EVENT_NAMES.map((name) => tree.activityFrame(name));
  for (let index = 0; index < events.names.length; index++) {
    const name = events.names[index] ?? 0;
    const start = events.starts[index] ?? 0;
    // A task before an event that begins with it.
    tasks.pass(start, samples);
    samples.pass(start);
    const called = IS_CALL[name] === true ? events.details[index]?.position : undefined;
    sweep.beginEvent({
      start,
      end: events.ends[index] ?? 0,
      frame: called === undefined ? (activities[name] ?? 0) : tree.functionFrame(called),
      isInvocation: IS_INVOCATION[name] === true,
    });
  }
  tasks.pass(Number.POSITIVE_INFINITY, samples);
  samples.pass(Number.POSITIVE_INFINITY);
  sweep.advance(Number.POSITIVE_INFINITY);
  return sweep.slices;
}

const NO_EVENTS: Pick<EventsOfThread, 'starts' | 'ends' | 'names' | 'details'> = {
  starts: new Float64Array(),
  ends: new Float64Array(),
  names: new Uint8Array(),
  details: [],
};

/** Passes tasks on in order of time. */
class TaskSweep {
  readonly #sweep: ThreadSweep;
  readonly #frame: number;
  readonly #tasks: Iterator<Task>;
  #next: Task | undefined;

  constructor(sweep: ThreadSweep, frame: number, tasks: Iterable<Task>) {
    this.#sweep = sweep;
    this.#frame = frame;
    this.#tasks = tasks[Symbol.iterator]();
    this.#advance();
  }

  get isEmpty(): boolean {
    return this.#next === undefined;
  }

  /** Those that begin by then, and the samples before each. */
  pass(until: number, samples: SampleSweep): void {
    for (let task = this.#next; task !== undefined && task.start <= until; task = this.#next) {
      const { start, duration } = task;
      this.#advance();
      samples.pass(start);
      this.#sweep.beginTask({ start, end: start + duration, frame: this.#frame, isInvocation: false });
    }
  }

  #advance(): void {
    const next = this.#tasks.next();
    this.#next = next.done === true ? undefined : next.value;
  }
}

/** Whether a stretch overlaps a window. To be asked in order of time. */
function touches(windows: readonly Span[]): (from: number, to: number) => boolean {
  const inOrder = windows.toSorted((a, b) => a.start - b.start);
  let next = 0;
  let openUntil = Number.NEGATIVE_INFINITY;
  return (from, to) => {
    for (let window = inOrder[next]; window !== undefined && window.start < to; window = inOrder[++next]) {
      openUntil = Math.max(openUntil, window.end);
    }
    return from < openUntil;
  };
}

/** By name number: whether such an event says which function is called. */
const IS_CALL: readonly boolean[] = EVENT_NAMES.map(
  (name) => name === 'FunctionCall' || name === 'EvaluateScript',
);
