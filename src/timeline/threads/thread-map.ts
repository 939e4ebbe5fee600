/** Keeps something for each thread, found by two numbers without a string made of them for every event. */
export class ThreadMap<Value> {
  readonly #processes = new Map<number, Map<number, Value>>();
  readonly #make: (pid: number, tid: number) => Value;
  // Many events of one thread follow each other.
  #lastPid = Number.NaN;
  #lastTid = Number.NaN;
  #last: Value | undefined;

  constructor(make: (pid: number, tid: number) => Value) {
    this.#make = make;
  }

  /** The thread's, made where there is none yet. */
  of(pid: number, tid: number): Value {
    if (pid === this.#lastPid && tid === this.#lastTid && this.#last !== undefined) return this.#last;
    const value = this.#find(pid, tid);
    this.#lastPid = pid;
    this.#lastTid = tid;
    this.#last = value;
    return value;
  }

  #find(pid: number, tid: number): Value {
    let threads = this.#processes.get(pid);
    if (threads === undefined) {
      threads = new Map();
      this.#processes.set(pid, threads);
    }
    let value = threads.get(tid);
    if (value === undefined) {
      value = this.#make(pid, tid);
      threads.set(tid, value);
    }
    return value;
  }

  get(pid: number, tid: number): Value | undefined {
    return this.#processes.get(pid)?.get(tid);
  }

  /** In the order of processes, and in each of its threads, as they were first met. */
  *values(): Iterable<Value> {
    for (const threads of this.#processes.values()) yield* threads.values();
  }
}
