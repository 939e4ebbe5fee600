import { lastWhere } from '../base/last-where.ts';
import { traceTime, type TraceTime } from '../base/units.ts';
import { type EventName, IS_SCRIPT, nameNumber } from '../timeline/event-names.ts';
import type { Facts } from '../timeline/facts.ts';
import type { EventsOfThread } from '../timeline/thread-events.ts';
import type { Thread } from '../timeline/thread-key.ts';
import { oncePerThread } from './once-per-thread.ts';

/** A stretch in which a thread ran JavaScript, or drew. */
export interface Run {
  readonly start: TraceTime;
  readonly end: TraceTime;
}

/** When a thread ran JavaScript and when it drew, in order of time and without overlap. */
export interface ThreadRuns {
  readonly scripts: readonly Run[];
  /** Style, layout, pre-paint, paint, layerize, commit; forced ones within JavaScript left aside. */
  readonly rendering: readonly Run[];
}

const RENDERING: ReadonlySet<number> = new Set(
  (['UpdateLayoutTree', 'Layout', 'PrePaint', 'Paint', 'Layerize', 'Commit'] satisfies EventName[]).map(
    nameNumber,
  ),
);

export type RunsOf = (thread: Thread) => ThreadRuns;

/** Of each thread, when it is first asked for. */
export const runsByThread = ({ threadEvents }: Pick<Facts, 'threadEvents'>): RunsOf =>
  oncePerThread((thread) => threadRuns(threadEvents.get(thread)));

/** @returns The outermost runs. */
function threadRuns(events: EventsOfThread | undefined): ThreadRuns {
  const scripts: Run[] = [];
  const rendering: Run[] = [];
  for (let index = 0; index < (events?.names.length ?? 0); index++) {
    const name = events?.names[index] ?? 0;
    const runs = IS_SCRIPT[name] === true ? scripts : rendering;
    if (runs === rendering && !RENDERING.has(name)) continue;
    const start = events?.starts[index] ?? 0;
    const isInScript = start < (scripts.at(-1)?.end ?? Number.NEGATIVE_INFINITY);
    // In order of time, so whatever begins before the last one ended lies in it.
    if (isInScript || start < (runs.at(-1)?.end ?? Number.NEGATIVE_INFINITY)) continue;
    runs.push({ start: traceTime(start), end: traceTime(events?.ends[index] ?? 0) });
  }
  return { scripts, rendering };
}

/** The run that a time lies in, its ends included. */
export function runAt(runs: readonly Run[], time: TraceTime): Run | undefined {
  const run = runs[lastWhere(runs.length, (index) => (runs[index]?.start ?? Infinity) <= time)];
  return run !== undefined && time <= run.end ? run : undefined;
}

/** The first that begins at a time or later. */
export const firstFrom = (runs: readonly Run[], time: TraceTime): Run | undefined =>
  runs[lastWhere(runs.length, (index) => (runs[index]?.start ?? Infinity) < time) + 1];

/** Those that begin between two moments, these included. */
export const startingWithin = (runs: readonly Run[], from: TraceTime, to: TraceTime): readonly Run[] =>
  runs.slice(
    lastWhere(runs.length, (index) => (runs[index]?.start ?? Infinity) < from) + 1,
    lastWhere(runs.length, (index) => (runs[index]?.start ?? Infinity) <= to) + 1,
  );

/** The last that ends at a time or before. */
export const lastUpTo = (runs: readonly Run[], time: TraceTime): Run | undefined =>
  runs[lastWhere(runs.length, (index) => (runs[index]?.end ?? Infinity) <= time)];
