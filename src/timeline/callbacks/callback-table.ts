import { lastWhere } from '../../base/last-where.ts';
import { traceTime, type TraceTime } from '../../base/units.ts';
import { Column } from '../columns.ts';
import { ThreadMap } from '../threads/thread-map.ts';
import { type Moment, sameThread } from '../threads/thread.ts';
import { type CallbackKind, CALLBACK_KINDS, isNamedById } from './callback-kinds.ts';

/** A run of code that was asked for earlier, and when and where. */
export interface CallbackRun extends Moment {
  readonly kind: CallbackKind;
  readonly end: TraceTime;
  readonly scheduled: Moment;
}

/** One row: either a request for code to run later, or the run. */
interface Entry extends Moment {
  readonly kind: CallbackKind;
  /** The same for the request and its runs. */
  readonly key: string;
  /** Undefined for the request. */
  readonly end: TraceTime | undefined;
}

/** Requests and runs in the order of the trace, as columns: a long trace has millions of timers. */
export class CallbackTable {
  readonly #keys = new Map<string, number>();
  readonly #key = new Column();
  readonly #kind = new Column();
  readonly #pid = new Column();
  readonly #tid = new Column();
  readonly #ts = new Column();
  /** `NaN` for requests. */
  readonly #end = new Column();

  push({ kind, key, pid, tid, ts, end }: Entry): void {
    const known = this.#keys.get(key) ?? this.#keys.size;
    this.#keys.set(key, known);
    this.#key.push(known);
    this.#kind.push(CALLBACK_KINDS.indexOf(kind));
    this.#pid.push(pid);
    this.#tid.push(tid);
    this.#ts.push(ts);
    this.#end.push(end ?? Number.NaN);
  }

  /** To be called once all is in: finds each run's request. */
  link(): CallbackRuns {
    const rows: Rows = {
      key: this.#key.toArray(),
      kind: this.#kind.toArray(),
      pid: this.#pid.toArray(),
      tid: this.#tid.toArray(),
      ts: this.#ts.toArray(),
      end: this.#end.toArray(),
      scheduled: new Int32Array(this.#key.length).fill(NONE),
    };
    const threads = new ThreadMap<number[]>(() => []);
    let request = NONE;
    for (const row of inOrder(rows)) {
      if (!isRun(rows, row)) {
        request = row;
        continue;
      }
      // The last one before it: ids are used again after a navigation.
      if (request === NONE || rows.key[request] !== rows.key[row]) continue;
      rows.scheduled[row] = request;
      threads.of(rows.pid[row] ?? 0, rows.tid[row] ?? 0).push(row);
    }
    for (const own of threads.values()) sortByTime(own, rows);
    return new CallbackRuns(rows, threads);
  }
}

/** The table's columns once all is in. */
interface Rows {
  readonly key: Float64Array;
  readonly kind: Float64Array;
  readonly pid: Float64Array;
  readonly tid: Float64Array;
  readonly ts: Float64Array;
  /** `NaN` for requests. */
  readonly end: Float64Array;
  /** By row: the run's request, or -1. */
  readonly scheduled: Int32Array;
}

const isRun = ({ end }: Rows, row: number): boolean => !Number.isNaN(end[row] ?? Number.NaN);

/**
 * By key, and then by time. What happens at the same microsecond was requested before it ran. An array's sort makes use of
 * what is in order already, which nearly all is; a typed array's does not.
 */
function inOrder(rows: Rows): readonly number[] {
  const { key, ts } = rows;
  const byKey: number[][] = [];
  for (let row = 0; row < key.length; row++) {
    const number = key[row] ?? 0;
    const own = byKey[number];
    if (own === undefined) byKey[number] = [row];
    else own.push(row);
  }
  const compare = (a: number, b: number): number =>
    (ts[a] ?? 0) - (ts[b] ?? 0) || Number(isRun(rows, a)) - Number(isRun(rows, b));
  return byKey.flatMap((own) => (own.length === 1 ? own : own.toSorted(compare)));
}

/** Of those that start together the longest first, so that the innermost comes last. */
function sortByTime(own: number[], { ts, end, kind }: Rows): void {
  own.sort(
    (a, b) => (ts[a] ?? 0) - (ts[b] ?? 0) || (end[b] ?? 0) - (end[a] ?? 0) || (kind[a] ?? 0) - (kind[b] ?? 0),
  );
}

const NONE = -1;

/** More links than this are a mistake of the trace's, not a chain of causes. */
const LONGEST_CHAIN = 1000;

/** How many runs may lie between a moment and the start of the one around it. */
const DEEPEST = 256;

/** One call, such as `setTimeout`, that is written twice is written within so many µs. */
const SAME_CALL = 100;

/** The runs of callbacks whose requests are in the trace. */
export class CallbackRuns {
  readonly #rows: Rows;
  readonly #threads: ThreadMap<number[]>;

  constructor(rows: Rows, threads: ThreadMap<number[]>) {
    this.#rows = rows;
    this.#threads = threads;
  }

  /** The runs that led to a moment, from the one that it lies in back to the first that anybody asked for. */
  *chainOf(moment: Moment): Iterable<CallbackRun> {
    let current = moment;
    for (let link = 0; link < LONGEST_CHAIN; link++) {
      const run = this.#innermostAt(current);
      // What asked for itself, or for something earlier, would go round in circles.
      if (run === undefined || run.scheduled.ts >= current.ts) return;
      yield run;
      current = run.scheduled;
    }
  }

  /** Prefers what Chrome names: the debugger's task for a timer lies within the timer's own run, and says less. */
  #innermostAt(moment: Moment): CallbackRun | undefined {
    const [inner, outer] = this.#around(moment);
    const isNamedTwice =
      inner?.kind === 'async-task' &&
      outer !== undefined &&
      isNamedById(outer.kind) &&
      Math.abs(outer.scheduled.ts - inner.scheduled.ts) <= SAME_CALL &&
      sameThread(outer.scheduled, inner.scheduled);
    return isNamedTwice ? outer : inner;
  }

  /** The runs around a moment, the innermost first. */
  *#around({ pid, tid, ts }: Moment): Iterable<CallbackRun> {
    const own = this.#threads.get(pid, tid) ?? [];
    const { ts: starts, end } = this.#rows;
    const last = lastWhere(own.length, (index) => (starts[own[index] ?? 0] ?? 0) <= ts);
    for (let index = last; index >= 0 && index > last - DEEPEST; index--) {
      const row = own[index] ?? 0;
      if ((end[row] ?? 0) >= ts) yield this.#runAt(row);
    }
  }

  #runAt(row: number): CallbackRun {
    const { kind, end, scheduled } = this.#rows;
    return {
      kind: CALLBACK_KINDS[kind[row] ?? 0] ?? 'async-task',
      ...this.#moment(row),
      end: traceTime(end[row] ?? 0),
      scheduled: this.#moment(scheduled[row] ?? NONE),
    };
  }

  #moment(row: number): Moment {
    const { pid, tid, ts } = this.#rows;
    return { pid: pid[row] ?? 0, tid: tid[row] ?? 0, ts: traceTime(ts[row] ?? 0) };
  }
}
