import type { CallTreeBuilder } from './call-tree.ts';
import type { CpuProfile } from './cpu-profile.ts';
import { EVENT_NAMES, IS_INVOCATION, nameNumber } from './event-names.ts';
import type { Span } from './paired-in-turn.ts';
import type { SourcePosition } from './source-position.ts';
import type { Task } from './tasks.ts';
import type { EventsOfThread } from './thread-events.ts';
import { type Interval, type Slices, ThreadSweep } from './thread-sweep.ts';

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
  const taskFrame = tree.activityFrame('RunTask');
  const tasks = record.tasks[Symbol.iterator]();
  const firstTask = tasks.next();
  // Where tasks were not recorded, samples are all that is known of the time outside events.
  const countsOutsideEvents = firstTask.done === true;
  const samples = samplesOf(tree, record.profile);
  let sample = samples.next();
  const passSamples = (until: number): void => {
    for (; sample.done !== true && sample.value.time < until; sample = samples.next()) {
      sweep.sample(sample.value.time, sample.value.frames, countsOutsideEvents);
    }
  };
  for (const interval of merged(tasksOf(tree, firstTask, tasks), eventsOf(tree, record.events))) {
    passSamples(interval.start);
    if (interval.frame === taskFrame) sweep.beginTask(interval);
    else sweep.beginEvent(interval);
  }
  passSamples(Number.POSITIVE_INFINITY);
  sweep.advance(Number.POSITIVE_INFINITY);
  return sweep.slices;
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

function* tasksOf(
  tree: CallTreeBuilder,
  first: IteratorResult<Task, unknown>,
  others: Iterator<Task, unknown>,
): Generator<Interval, void> {
  const frame = tree.activityFrame('RunTask');
  for (let task = first; task.done !== true;) {
    const { start, duration } = task.value;
    task = others.next();
    // Tasks follow each other: one that seems to run into the next ended there.
    const next = task.done === true ? Number.POSITIVE_INFINITY : task.value.start;
    yield { start, end: Math.min(start + duration, next), frame, isInvocation: false };
  }
}

function* eventsOf(tree: CallTreeBuilder, events: EventsOfThread | undefined): Generator<Interval, void> {
  if (events === undefined) return;
  const { starts, ends, names, details } = events;
  const activities = EVENT_NAMES.map((name) => tree.activityFrame(name));
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? 0;
    const called = IS_CALL.has(name) ? details[index]?.position : undefined;
    yield {
      start: starts[index] ?? 0,
      end: ends[index] ?? 0,
      frame: called === undefined ? (activities[name] ?? 0) : tree.functionFrame(called),
      isInvocation: IS_INVOCATION[name] === true,
    };
  }
}

/** Both in order of time; a task before an event that begins with it. */
function* merged(
  tasks: Generator<Interval, void>,
  events: Generator<Interval, void>,
): Generator<Interval, void> {
  let task = tasks.next();
  let event = events.next();
  while (task.done !== true || event.done !== true) {
    if (event.done === true || (task.done !== true && task.value.start <= event.value.start)) {
      if (task.done !== true) yield task.value;
      task = tasks.next();
    } else {
      yield event.value;
      event = events.next();
    }
  }
}

interface Sample {
  readonly time: number;
  /** Functions, outermost first. */
  readonly frames: readonly number[];
}

function* samplesOf(tree: CallTreeBuilder, profile: CpuProfile | undefined): Generator<Sample, void> {
  if (profile === undefined) return;
  const { times, samples, collecting } = profile;
  const collector = tree.functionFrame(GARBAGE_COLLECTOR);
  const stacks = new Map<number, readonly number[]>();
  const stackOf = (node: number): readonly number[] => {
    const known = stacks.get(node);
    if (known !== undefined) return known;
    const stack = functionsOf(tree, profile, node);
    stacks.set(node, stack);
    return stack;
  };
  for (let index = 0; index < times.length; index++) {
    const time = times[index] ?? 0;
    const frames = stackOf(samples[index] ?? -1);
    yield { time, frames: collecting[index] === 1 ? [...frames, collector] : frames };
  }
  // The last sample holds for as long as one does on average: what ran after it nobody saw.
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  yield { time: last + (last - first) / Math.max(1, times.length - 1), frames: [] };
}

function functionsOf(tree: CallTreeBuilder, profile: CpuProfile, node: number): readonly number[] {
  const frames: number[] = [];
  for (let at = node; at !== -1; at = profile.parents[at] ?? -1) {
    const position = profile.functions[profile.functionOf[at] ?? -1];
    if (position !== undefined) frames.push(tree.functionFrame(position));
  }
  return frames.toReversed();
}

const IS_CALL: ReadonlySet<number> = new Set<number>([
  nameNumber('FunctionCall'),
  nameNumber('EvaluateScript'),
]);

const GARBAGE_COLLECTOR: SourcePosition = {
  url: '',
  functionName: '(garbage collector)',
  line: undefined,
  column: undefined,
};
