import { type Thread, threadKey } from '../timeline/threads/thread.ts';

/** What takes a look at all of a thread's events, made when it is first asked for. */
export function oncePerThread<Value>(make: (thread: string) => Value): (thread: Thread) => Value {
  const made = new Map<string, Value>();
  return (thread) => {
    const key = threadKey(thread);
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
