import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

// The second way of getting what a recorded trace says: whole in memory, with loops over plain objects.

export const TRACES: string = join(import.meta.dirname, '../../fixtures/traces');

/** An event as far as the tests look at it. */
export interface PlainEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly id?: string;
  readonly id2?: { readonly local?: string };
  readonly args: {
    readonly name?: string;
    readonly frame?: string;
    readonly data?: PlainData;
    readonly beginData?: { readonly stackTrace?: readonly unknown[] };
  };
}

interface PlainData {
  readonly type?: string;
  readonly frame?: string;
  readonly url?: string;
  readonly interactionId?: number;
  readonly timeStamp?: number;
  readonly processingEnd?: number;
  readonly documentLoaderURL?: string;
  readonly fromServiceWorker?: boolean;
  readonly frames?: readonly { readonly frame: string; readonly processId: number }[];
}

export interface PlainTrace {
  readonly text: string;
  readonly events: readonly PlainEvent[];
}

export function readPlainly(name: string): PlainTrace {
  const text = gunzipSync(readFileSync(join(TRACES, `${name}.json.gz`))).toString();
  const { traceEvents }: { readonly traceEvents: readonly PlainEvent[] } = JSON.parse(text);
  return { text, events: traceEvents };
}

export const named = ({ events }: PlainTrace, ...names: readonly string[]): readonly PlainEvent[] =>
  events.filter(({ name }) => names.includes(name));

/** A timed event of an interaction. */
export interface Timing {
  readonly pid: number;
  readonly type: string;
  readonly frame: string;
  readonly interactionId: number;
  /** Chrome's timestamps, µs. */
  readonly start: number;
  readonly end: number;
  readonly processingEnd: number;
}

/** Begins and ends paired as a stack for each process and id, since Chrome uses ids again. */
export function timingsOf(trace: PlainTrace): readonly Timing[] {
  const open = new Map<string, PlainEvent[]>();
  const timings: Timing[] = [];
  for (const event of named(trace, 'EventTiming').toSorted((a, b) => a.ts - b.ts)) {
    const key = asyncKey(event);
    const stack = open.get(key) ?? [];
    open.set(key, stack);
    if (event.ph === 'b') stack.push(event);
    const begin = event.ph === 'e' ? stack.pop() : undefined;
    const {
      interactionId = 0,
      type = '',
      frame = '',
      timeStamp = 0,
      processingEnd = 0,
    } = begin?.args.data ?? {};
    if (begin === undefined || interactionId === 0) continue;
    const { ts: start, pid } = begin;
    const end = event.ts;
    timings.push({
      pid,
      type,
      frame,
      interactionId,
      start,
      end,
      processingEnd: start + (processingEnd - timeStamp) * 1000,
    });
  }
  return timings;
}

/** What an asynchronous event is told apart by. */
export const asyncKey = ({ pid, id, id2 }: PlainEvent): string => `${String(pid)} ${id ?? id2?.local ?? ''}`;

/** Latency of each interaction in µs, slowest first. Ids are only told apart within a process. */
export function latenciesOf(trace: PlainTrace): readonly number[] {
  const groups = Map.groupBy(
    timingsOf(trace),
    ({ pid, interactionId }) => `${String(pid)} ${String(interactionId)}`,
  );
  return [...groups.values()]
    .map((timings) => Math.max(...timings.map(({ start, end }) => end - start)))
    .toSorted((a, b) => b - a);
}

/** The process that the page was in when tracing started, and its frame. */
export function pageOf(trace: PlainTrace): { readonly pid: number; readonly frame: string } {
  const [page] = named(trace, 'TracingStartedInBrowser')[0]?.args.data?.frames ?? [];
  if (page === undefined) throw new Error('The trace does not say which page it is of.');
  return { pid: page.processId, frame: page.frame };
}

/** Tasks of more than 50 ms of all threads, each with the name of its thread. */
export function longTasksOf(trace: PlainTrace): readonly (PlainEvent & { readonly thread: string })[] {
  const threads = new Map(
    named(trace, 'thread_name').map(({ pid, tid, args }) => [
      `${String(pid)} ${String(tid)}`,
      args.name ?? '',
    ]),
  );
  return named(trace, 'RunTask')
    .filter(({ ph, dur = 0 }) => ph === 'X' && dur > 50_000)
    .map((task) => ({ ...task, thread: threads.get(`${String(task.pid)} ${String(task.tid)}`) ?? '' }));
}

/** When content was presented that Chrome attributed to an interaction, rightly or not. */
export const candidatesOf = (trace: PlainTrace): readonly PlainEvent[] =>
  named(trace, 'largestContentfulPaint::CandidateForSoftNavigation').toSorted((a, b) => a.ts - b.ts);
