import { lastWhere } from '../base/last-where.ts';
import { traceTime, type TraceTime } from '../base/units.ts';
import { Column } from './columns.ts';
import { sameThread, type Thread } from './threads.ts';

/** What asked for a piece of code to run later. */
export type CallbackKind =
  | 'timer'
  | 'animation-frame'
  | 'idle-callback'
  | 'message'
  | 'posted-task'
  | 'async-task'
  | 'xml-http-request';

export const threadKey = ({ pid, tid }: Thread): string => `${String(pid)}|${String(tid)}`;

/** A point in the course of one thread. */
export interface Moment extends Thread {
  readonly ts: TraceTime;
}

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

const KINDS: readonly CallbackKind[] = [
  'timer',
  'animation-frame',
  'idle-callback',
  'message',
  'posted-task',
  'async-task',
  'xml-http-request',
];

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
    this.#kind.push(KINDS.indexOf(kind));
    this.#pid.push(pid);
    this.#tid.push(tid);
    this.#ts.push(ts);
    this.#end.push(end ?? Number.NaN);
  }

  /** To be called once all is in: finds each run's request. */
  link(): CallbackRuns {
    const scheduled = new Int32Array(this.#key.length).fill(NONE);
    const threads = new Map<string, number[]>();
    let request = NONE;
    for (const row of this.#inOrder()) {
      if (!this.#isRun(row)) {
        request = row;
        continue;
      }
      // The last one before it: ids are used again after a navigation.
      if (request === NONE || this.#key.at(request) !== this.#key.at(row)) continue;
      scheduled[row] = request;
      const key = threadKey(this.#moment(row));
      const own = threads.get(key) ?? [];
      threads.set(key, own);
      own.push(row);
    }
    const sorted = [...threads].map(([key, rows]): [string, Uint32Array] => [key, this.#byTime(rows)]);
    return new CallbackRuns(new Map(sorted), (row) => this.#runAt(row, scheduled[row] ?? NONE));
  }

  #runAt(row: number, scheduled: number): CallbackRun {
    const kind = KINDS[this.#kind.at(row)] ?? 'async-task';
    const end = traceTime(this.#end.at(row));
    return { kind, ...this.#moment(row), end, scheduled: this.#moment(scheduled) };
  }

  #isRun(row: number): boolean {
    return !Number.isNaN(this.#end.at(row));
  }

  /** By key, and then by time. What happens at the same microsecond was requested before it ran. */
  #inOrder(): Uint32Array {
    return Uint32Array.from({ length: this.#key.length }, (_, row) => row).toSorted(
      (a, b) =>
        this.#key.at(a) - this.#key.at(b) ||
        this.#ts.at(a) - this.#ts.at(b) ||
        Number(this.#isRun(a)) - Number(this.#isRun(b)),
    );
  }

  /** Of those that start together the longest first, so that the innermost comes last. */
  #byTime(rows: readonly number[]): Uint32Array {
    return Uint32Array.from(rows).toSorted(
      (a, b) =>
        this.#ts.at(a) - this.#ts.at(b) ||
        this.#end.at(b) - this.#end.at(a) ||
        this.#kind.at(a) - this.#kind.at(b),
    );
  }

  #moment(row: number): Moment {
    return { pid: this.#pid.at(row), tid: this.#tid.at(row), ts: traceTime(this.#ts.at(row)) };
  }
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
  readonly #rows: ReadonlyMap<string, Uint32Array>;
  readonly #runAt: (row: number) => CallbackRun;

  constructor(rows: ReadonlyMap<string, Uint32Array>, runAt: (row: number) => CallbackRun) {
    this.#rows = rows;
    this.#runAt = runAt;
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
      Math.abs(outer.scheduled.ts - inner.scheduled.ts) <= SAME_CALL &&
      sameThread(outer.scheduled, inner.scheduled);
    return isNamedTwice ? outer : inner;
  }

  /** The runs around a moment, the innermost first. */
  *#around(moment: Moment): Iterable<CallbackRun> {
    const rows = this.#rows.get(threadKey(moment)) ?? new Uint32Array();
    const last = lastWhere(rows.length, (index) => this.#runAt(rows[index] ?? 0).ts <= moment.ts);
    for (let index = last; index >= 0 && index > last - DEEPEST; index--) {
      const run = this.#runAt(rows[index] ?? 0);
      if (run.end >= moment.ts) yield run;
    }
  }
}
