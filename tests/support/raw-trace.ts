import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/** An event as Chrome wrote it, as far as the tests look at it. */
export interface RawEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly id?: string;
  readonly args: {
    readonly data?: {
      readonly type?: string;
      readonly interactionId?: number;
      readonly frames?: readonly { readonly processId?: number; readonly isOutermostMainFrame?: boolean }[];
    };
  };
}

export interface RawTrace {
  readonly traceEvents: readonly RawEvent[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Reads a trace the simple way, whole and with `JSON.parse`: a second opinion on what INPact reads in a stream. */
export async function readRawTrace(path: string): Promise<RawTrace> {
  const packed = await readFile(path);
  const trace: RawTrace = JSON.parse(gunzipSync(packed).toString());
  return trace;
}

export interface RawTiming {
  readonly type: string;
  readonly interactionId: number;
  /** Chrome's timestamps, in µs. */
  readonly start: number;
  readonly end: number;
}

/** The timed events that belong to an interaction. Chrome uses ids again: an end belongs to the last begin before it. */
export function rawTimings({ traceEvents }: RawTrace): readonly RawTiming[] {
  const begins = new Map<string, RawEvent>();
  return traceEvents
    .filter(({ name }) => name === 'EventTiming')
    .toSorted((a, b) => a.ts - b.ts)
    .flatMap((event) => {
      const key = `${String(event.pid)} ${event.id ?? ''}`;
      if (event.ph === 'b') begins.set(key, event);
      const begin = event.ph === 'e' ? begins.get(key) : undefined;
      const { type = '', interactionId = 0 } = begin?.args.data ?? {};
      return begin === undefined || interactionId === 0
        ? []
        : [{ type, interactionId, start: begin.ts, end: event.ts }];
    });
}
