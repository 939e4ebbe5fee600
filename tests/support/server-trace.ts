import { type ServerSide, serverSide } from '../../src/insights/server-clock.ts';
import { type Facts, gatherServerFacts } from '../../src/timeline/facts.ts';
import { objectTrace } from './trace-bytes.ts';
import { instant, length, type TraceEvent, clock } from './trace-events.ts';

/** The server's process, whose main thread has its event loop. */
export const SERVER = { pid: 99, tid: 99 } as const;

const event = (name: string, ms: number, change: TraceEvent): TraceEvent =>
  instant(name, ms, { cat: 'inpact.server', ...SERVER, ...change });

export interface ServedRequest {
  /** As in the response's `traceparent`. */
  readonly id?: string;
  readonly path: string;
  readonly method?: string;
  /** When the headers were written. The end, if absent. */
  readonly headers?: number;
}

/** A request as the server saw it, in milliseconds. */
export const served = (
  startMs: number,
  endMs: number,
  { id = '', path, method = 'GET', headers }: ServedRequest,
): readonly TraceEvent[] => {
  const asyncId = `0x${String(startMs).replace('.', '')}`;
  return [
    event('inpact.request', startMs, { ph: 'b', id: asyncId, args: { id, method, path, route: path } }),
    event('inpact.request', endMs, {
      ph: 'e',
      id: asyncId,
      args: { status: 200, ...(headers === undefined ? {} : { headersUs: clock(headers) }) },
    }),
  ];
};

export const blocked = (startMs: number, durationMs: number, args: TraceEvent = {}): TraceEvent =>
  event('inpact.loopBlocked', startMs, { ph: 'X', dur: length(durationMs), args: { by: 'work', ...args } });

export const query = (startMs: number, durationMs: number, args: TraceEvent = {}): TraceEvent =>
  event('inpact.query', startMs, {
    ph: 'X',
    dur: length(durationMs),
    args: { sql: 'SELECT ?', onLoop: true, ...args },
  });

/** A wait for a thread of an executor. */
export const executorWait = (
  startMs: number,
  endMs: number,
  args: TraceEvent = {},
): readonly TraceEvent[] => {
  const id = `wait-${String(startMs)}`;
  return [
    event('inpact.executorWait', startMs, { ph: 'b', id, args: { name: 'view', executor: 'pool', ...args } }),
    event('inpact.executorWait', endMs, { ph: 'e', id, args: {} }),
  ];
};

export const notAwaited = (ms: number, args: TraceEvent = {}): TraceEvent =>
  event('inpact.notAwaited', ms, { args: { name: 'aupdate', ...args } });

export interface Machines {
  /** The boot ids of the machine that recorded the page, and of the server's. */
  readonly here?: string;
  readonly there?: string;
  /** Null: the server has none. */
  readonly eventLoop?: null;
}

/** What these events of a server's say beside a page's trace. */
export async function sideOf(
  facts: Facts,
  events: readonly TraceEvent[],
  { here, there, ...loop }: Machines = {},
): Promise<ServerSide> {
  const about = {
    version: 1,
    agent: 'node',
    droppedEvents: 0,
    ...loop,
    ...(there === undefined ? {} : { bootId: there }),
  };
  const file = objectTrace(events, { after: { metadata: { 'inpact-server': about } } });
  return serverSide(facts, await gatherServerFacts([file]), here);
}

/** A `traceparent` that names the request, as the server sends it back. */
export const traceParent = (id: string): string => `traceparent;desc="00-${'a'.repeat(32)}-${id}-01"`;
