import { lastWhere } from '../base/last-where.ts';
import { traceTime, type TraceTime } from '../base/units.ts';
import { Column } from '../timeline/columns.ts';
import { IS_SCRIPT } from '../timeline/threads/event-names.ts';
import type { Facts } from '../timeline/facts.ts';
import type { EventsOfThread } from '../timeline/threads/thread-events.ts';
import type { Thread } from '../timeline/threads/thread.ts';
import { oncePerThread } from './once-per-thread.ts';
import { isRendering } from './rendering-work.ts';

/** A stretch in which a thread ran JavaScript, or drew. */
export interface Run {
  readonly start: TraceTime;
  readonly end: TraceTime;
}

/** Runs in order of time and without overlap. A long trace has hundreds of thousands: an object is made of one that is asked for. */
export class Runs {
  readonly #starts = new Column();
  readonly #ends = new Column();
  #lastEnd = Number.NEGATIVE_INFINITY;

  /** Where the last one so far ends. */
  get lastEnd(): number {
    return this.#lastEnd;
  }

  push(start: number, end: number): void {
    this.#starts.push(start);
    this.#ends.push(end);
    this.#lastEnd = end;
  }

  /** The one that a time lies in, its ends included. */
  at(time: TraceTime): Run | undefined {
    const run = this.#run(this.#startedBy(time));
    return run !== undefined && time <= run.end ? run : undefined;
  }

  /** The first that begins at a time or later. */
  firstFrom(time: TraceTime): Run | undefined {
    return this.#run(this.#startedBefore(time) + 1);
  }

  /** Those that begin between two moments, these included. */
  startingWithin(from: TraceTime, to: TraceTime): readonly Run[] {
    const found: Run[] = [];
    for (let index = this.#startedBefore(from) + 1; ; index++) {
      const run = this.#run(index);
      if (run === undefined || run.start > to) return found;
      found.push(run);
    }
  }

  /** The last that ends at a time or before. */
  lastUpTo(time: TraceTime): Run | undefined {
    return this.#run(lastWhere(this.#ends.length, (index) => this.#ends.at(index) <= time));
  }

  #startedBy(time: TraceTime): number {
    return lastWhere(this.#starts.length, (index) => this.#starts.at(index) <= time);
  }

  #startedBefore(time: TraceTime): number {
    return lastWhere(this.#starts.length, (index) => this.#starts.at(index) < time);
  }

  #run(index: number): Run | undefined {
    if (index < 0 || index >= this.#starts.length) return undefined;
    return { start: traceTime(this.#starts.at(index)), end: traceTime(this.#ends.at(index)) };
  }
}

/** When a thread ran JavaScript and when it drew. */
export interface ThreadRuns {
  readonly scripts: Runs;
  /** Style, layout, pre-paint, paint, layerize, commit; forced ones within JavaScript left aside. */
  readonly rendering: Runs;
}

export type RunsOf = (thread: Thread) => ThreadRuns;

/** Of each thread, when it is first asked for. */
export const runsByThread = ({ threadEvents }: Pick<Facts, 'threadEvents'>): RunsOf =>
  oncePerThread((thread) => threadRuns(threadEvents.get(thread)));

/** @returns The outermost runs. */
function threadRuns(events: EventsOfThread | undefined): ThreadRuns {
  const scripts = new Runs();
  const rendering = new Runs();
  for (let index = 0; index < (events?.names.length ?? 0); index++) {
    const name = events?.names[index] ?? 0;
    const runs = IS_SCRIPT[name] === true ? scripts : rendering;
    if (runs === rendering && !isRendering(name)) continue;
    const start = events?.starts[index] ?? 0;
    // In order of time, so whatever begins before the last one ended lies in it.
    if (start >= scripts.lastEnd && start >= runs.lastEnd) runs.push(start, events?.ends[index] ?? 0);
  }
  return { scripts, rendering };
}
