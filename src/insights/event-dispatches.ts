import { nameNumber } from '../timeline/threads/event-names.ts';
import type { EventsOfThread, ThreadEvents } from '../timeline/threads/thread-events.ts';
import { type Moment, threadKey } from '../timeline/threads/thread.ts';
import { type Run, Runs } from './script-runs.ts';

const DISPATCH: number = nameNumber('EventDispatch');

/** When events were dispatched to their handlers, as Chrome writes it: the outermost of each thread. */
export class EventDispatches {
  readonly #threads: ThreadEvents;
  readonly #known = new Map<string, Runs>();

  constructor(threads: ThreadEvents) {
    this.#threads = threads;
  }

  /** The dispatch that a moment lies in. */
  around(moment: Moment): Run | undefined {
    const thread = threadKey(moment);
    const known = this.#known.get(thread) ?? dispatchesOf(this.#threads.get(thread));
    this.#known.set(thread, known);
    return known.at(moment.ts);
  }
}

function dispatchesOf(events: EventsOfThread | undefined): Runs {
  const found = new Runs();
  for (let index = 0; index < (events?.names.length ?? 0); index++) {
    const start = events?.starts[index] ?? 0;
    if (events?.names[index] !== DISPATCH || start < found.lastEnd) continue;
    found.push(start, events.ends[index] ?? start);
  }
  return found;
}
