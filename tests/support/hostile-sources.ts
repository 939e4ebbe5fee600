import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { HOSTILE_PAYLOADS } from './hostile-payloads.ts';
import type { TraceEvent } from './trace-events.ts';

/** One place of a trace whose text is whatever a page's author, or who names things, wrote. */
export interface HostileSource {
  /** The arguments of recorded events that are written over. */
  readonly keys?: readonly string[];
  /** What is added to the trace for each payload. */
  readonly added?: (payload: string, index: number) => readonly TraceEvent[];
  /** Whether it is the trace's own name, or what it says of itself. */
  readonly of?: 'file' | 'metadata';
  /** How far it comes: into the figures, onto the timeline, or nowhere. */
  readonly reaches: readonly ('result' | 'timeline')[];
}

/** Names of a hundred thousand letters have tests of their own, and would make this one slow. */
export const PAYLOADS: readonly string[] = HOSTILE_PAYLOADS.filter(({ length }) => length < 1000);

const instant = (name: string, cat: string, data: unknown): readonly TraceEvent[] => [
  { name, cat, ph: 'I', s: 't', args: { data } },
];

const threadOf = (name: string, index: number): readonly TraceEvent[] => [
  { name: 'thread_name', cat: '__metadata', ph: 'M', tid: 1000 + index, args: { name } },
  { name: 'RunTask', cat: 'toplevel', ph: 'X', dur: 2000, tid: 1000 + index, args: {} },
];

export const HOSTILE_SOURCES: Readonly<Record<string, HostileSource>> = {
  title: {
    added: (title) => instant('FrameCommittedInBrowser', 'devtools.timeline', { title }),
    reaches: [],
  },
  url: { keys: ['url', 'fileName', 'documentLoaderURL', 'URL'], reaches: ['result', 'timeline'] },
  mark: { added: (name) => instant(name, 'blink.user_timing', {}), reaches: ['timeline'] },
  detail: { added: (detail) => instant('mark', 'blink.user_timing', { detail }), reaches: [] },
  console: { added: (message) => instant('TimeStamp', 'devtools.timeline', { message }), reaches: [] },
  function: { keys: ['functionName'], reaches: ['result', 'timeline'] },
  header: { keys: ['value', 'mimeType', 'priority', 'protocol', 'requestMethod'], reaches: ['result'] },
  'event type': { keys: ['type'], reaches: ['result', 'timeline'] },
  selector: { keys: ['nodeDebugName'], reaches: [] },
  'DOM name': { keys: ['nodeName'], reaches: ['result'] },
  frame: {
    added: (name) => instant('FrameCommittedInBrowser', 'devtools.timeline', { name, frame: name }),
    reaches: [],
  },
  thread: { added: threadOf, reaches: ['timeline'] },
  metadata: { of: 'metadata', reaches: [] },
  file: { of: 'file', reaches: ['result'] },
};

interface Recorded {
  readonly traceEvents: readonly TraceEvent[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A recorded trace that says what is hostile in one place, with a payload after the other. */
export function traceFrom(recorded: string, { keys = [], added, of }: HostileSource): Uint8Array {
  const trace: Recorded = JSON.parse(gunzipSync(readFileSync(recorded)).toString());
  const written = new Set(keys);
  let turn = 0;
  const payload = (key: string, value: unknown): unknown =>
    written.has(key) && typeof value === 'string' ? next(value) : value;
  const next = (value: string): string => `${value}${PAYLOADS[turn++ % PAYLOADS.length] ?? ''}`;
  const events = trace.traceEvents.map((event) =>
    keys.length === 0 ? event : { ...event, args: JSON.parse(JSON.stringify(event['args'] ?? {}, payload)) },
  );
  const { ts, pid, tid } = trace.traceEvents.find(({ name }) => name === 'EventTiming') ?? {};
  const own = PAYLOADS.flatMap((text, index) =>
    (added?.(text, index) ?? []).map((one) => ({ ts: Number(ts) + index, pid, tid, ...one })),
  );
  const metadata =
    of === 'metadata'
      ? Object.fromEntries(PAYLOADS.map((text, index) => [`${String(index)}${text}`, text]))
      : trace.metadata;
  return new TextEncoder().encode(JSON.stringify({ metadata, traceEvents: [...events, ...own] }));
}
