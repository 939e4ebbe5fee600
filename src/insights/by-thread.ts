import { type Thread, threadKey } from '../timeline/threads/thread.ts';

export type OfThread<Event> = (thread: Thread) => readonly Event[];

/** The events of each thread, in the order in which they are given: to look through all of them for every interaction takes the square of the time. */
export function byThread<Event extends Thread>(events: Iterable<Event>): OfThread<Event> {
  const lists = Map.groupBy(events, threadKey);
  return (thread) => lists.get(threadKey(thread)) ?? [];
}
