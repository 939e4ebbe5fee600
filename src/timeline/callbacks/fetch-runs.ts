import { lastWhere } from '../../base/last-where.ts';
import { fromMs, later, traceTime, type TraceTime } from '../../base/units.ts';
import { IS_SCRIPT, nameNumber } from '../threads/event-names.ts';
import type { Request } from '../network/requests.ts';
import type { Tasks } from '../threads/tasks.ts';
import type { EventsOfThread, ThreadEvents } from '../threads/thread-events.ts';
import { type Moment, threadKey } from '../threads/thread.ts';

/** Code that waited for a `fetch`, and ran when it was answered. */
export interface FetchRun extends Moment {
  readonly request: Request;
  /** For what it waited: `await fetch()`, or `await response.json()`. */
  readonly waitedFor: 'headers' | 'body';
  readonly end: TraceTime;
}

interface Run {
  readonly start: TraceTime;
  readonly end: TraceTime;
}

/**
 * Finds what stood behind the promises of `fetch`. Chrome writes nothing of promises, but resolves them in tasks of its own:
 * the microtasks at the end of the task that saw the headers are what waited for these. What waited for the body runs in
 * a task after the one that saw its end, before any other code.
 */
export function fetchRuns(
  requests: readonly Request[],
  tasks: Tasks,
  threads: ThreadEvents,
): readonly FetchRun[] {
  const runsOf = new Map<string, ThreadCode>();
  return requests.flatMap((request): readonly FetchRun[] => {
    if (request.initiator.fetchType !== 'fetch' || request.response === undefined) return [];
    const thread = threadKey(request);
    const code = runsOf.get(thread) ?? codeOf(threads.get(thread));
    runsOf.set(thread, code);
    const { pid, tid, response, ended } = request;
    const run = ({ start, end }: Run, waitedFor: FetchRun['waitedFor']): FetchRun => ({
      pid,
      tid,
      ts: start,
      end,
      request,
      waitedFor,
    });
    const seenIn = tasks.outermostAt(request, response.seen);
    const until = seenIn === undefined ? undefined : later(seenIn.start, seenIn.duration);
    return [
      ...microtasksBetween(code, response.seen, until).map((found) => run(found, 'headers')),
      ...firstAfter(code, ended).map((found) => run(found, 'body')),
    ];
  });
}

/** When a thread ran code, in order of time and without overlap. */
interface ThreadCode {
  readonly runs: readonly Run[];
  /** By run: whether it is microtasks and nothing else, called by the event loop itself. */
  readonly areMicrotasks: readonly boolean[];
}

const MICROTASKS: ReadonlySet<number> = new Set([
  nameNumber('RunMicrotasks'),
  nameNumber('V8.RunMicrotasks'),
]);

function codeOf(events: EventsOfThread | undefined): ThreadCode {
  const runs: Run[] = [];
  const areMicrotasks: boolean[] = [];
  for (let index = 0; index < (events?.names.length ?? 0); index++) {
    const name = events?.names[index] ?? 0;
    if (events?.parents[index] !== -1 || IS_SCRIPT[name] !== true) continue;
    runs.push({ start: traceTime(events.starts[index] ?? 0), end: traceTime(events.ends[index] ?? 0) });
    areMicrotasks.push(MICROTASKS.has(name));
  }
  return { runs, areMicrotasks };
}

const firstFrom = ({ runs }: ThreadCode, time: TraceTime): number =>
  lastWhere(runs.length, (index) => (runs[index]?.start ?? Infinity) < time) + 1;

function microtasksBetween(code: ThreadCode, from: TraceTime, to: TraceTime | undefined): readonly Run[] {
  const found: Run[] = [];
  for (let index = firstFrom(code, from); ; index++) {
    const run = code.runs[index];
    if (run === undefined || to === undefined || run.start > to) return found;
    if (code.areMicrotasks[index] === true) found.push(run);
  }
}

/** Longer after the end of a body something else has woken the code. */
const SOON = fromMs(50);

function firstAfter(code: ThreadCode, time: TraceTime | undefined): readonly Run[] {
  if (time === undefined) return [];
  const index = firstFrom(code, time);
  const run = code.runs[index];
  return run !== undefined && code.areMicrotasks[index] === true && run.start <= later(time, SOON)
    ? [run]
    : [];
}
