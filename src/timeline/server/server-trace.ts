import { between, later, type Micro, micro, type TraceTime } from '../../base/units.ts';
import { at, listIn, numberIn, stringIn } from '../../trace/json.ts';
import type { Row } from '../../trace/row.ts';
import type { Handler } from '../handler.ts';

/** What a server kept of itself, as docs/server-trace.md says. All lists are in order of time. */
export interface ServerTrace {
  readonly requests: readonly ServerRequest[];
  readonly blocks: readonly LoopBlocked[];
  readonly queries: readonly ServerQuery[];
  /** Waits for a thread of an executor. */
  readonly executorWaits: readonly ServerSpan[];
  /** What the server's author, or its agent, marked. */
  readonly spans: readonly ServerSpan[];
  /** What handlers threw. */
  readonly errors: readonly ServerError[];
  readonly notAwaited: readonly NotAwaited[];
}

export interface ServerRequest {
  /** By which the response named itself. Empty where the server gives none. */
  readonly id: string;
  readonly method: string;
  /** Without a query. */
  readonly path: string;
  readonly route: string;
  /** When the server's loop came to it: not when it arrived. */
  readonly start: TraceTime;
  /** When the headers were written, or the end where that is not said. */
  readonly headers: TraceTime;
  readonly end: TraceTime;
  /** Undefined where it is not said. */
  readonly status: number | undefined;
}

/** A stretch in which the server's event loop could serve nobody. */
export interface LoopBlocked {
  readonly start: TraceTime;
  readonly duration: Micro;
  /** Processor time of the loop's thread in it. Undefined where the server does not say. */
  readonly cpu: Micro | undefined;
  /** What held it, as the server says. */
  readonly by: string;
  /** `database`, `javascript`, `python`, `unknown`, … Empty where the server does not say. */
  readonly kind: string;
  /** Of the request that held it. Empty where it is not known. */
  readonly request: string;
  readonly stack: readonly ServerFrame[];
}

/** A query of a database. Literals are not in it. */
export interface ServerQuery {
  readonly start: TraceTime;
  readonly duration: Micro;
  readonly sql: string;
  /** Whether the event loop stood still for it. */
  readonly onLoop: boolean;
  readonly request: string;
  readonly stack: readonly ServerFrame[];
}

/** What a handler threw. The values of parameters are not in the message. */
export interface ServerError {
  readonly start: TraceTime;
  readonly type: string;
  readonly message: string;
  readonly request: string;
  readonly stack: readonly ServerFrame[];
}

export interface ServerSpan {
  readonly start: TraceTime;
  readonly duration: Micro;
  readonly name: string;
  readonly kind: string;
  readonly request: string;
}

/** A coroutine that was made and never awaited, so that nothing happened. */
export interface NotAwaited {
  /** When that was seen, which may be long after. */
  readonly start: TraceTime;
  readonly name: string;
  /** Empty where it is not known. */
  readonly request: string;
  readonly stack: readonly ServerFrame[];
}

/** A place in the server's code. */
export interface ServerFrame {
  readonly functionName: string;
  readonly url: string;
  /** Counted from 1. Undefined where it is not known. */
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** Reads what a server wrote of itself. */
export function serverTrace(): Handler<ServerTrace> {
  const blocks: LoopBlocked[] = [];
  const queries: ServerQuery[] = [];
  const errors: ServerError[] = [];
  const notAwaited: NotAwaited[] = [];
  const requests = new AsyncPairs();
  const waits = new AsyncPairs();
  const spans = new AsyncPairs();
  const see: Readonly<Record<string, (row: Row) => void>> = {
    'inpact.loopBlocked': (row) => {
      if (isComplete(row)) blocks.push(blockOf(row));
    },
    'inpact.query': (row) => {
      if (isComplete(row)) queries.push(queryOf(row));
    },
    'inpact.error': (row) => errors.push(errorOf(row)),
    'inpact.notAwaited': (row) => {
      notAwaited.push(notAwaitedOf(row));
    },
    'inpact.request': (row) => requests.take(row),
    'inpact.executorWait': (row) => waits.take(row),
    'inpact.span': (row) => spans.take(row),
  };
  return {
    watches: Object.keys(see),
    handle: (row, name) => see[name]?.(row),
    finish: () => ({
      requests: requests.pairs().map(requestOf).toSorted(byStart),
      blocks: blocks.toSorted(byStart),
      queries: queries.toSorted(byStart),
      executorWaits: waits.pairs().map(spanOf).toSorted(byStart),
      spans: spans.pairs().map(spanOf).toSorted(byStart),
      errors: errors.toSorted(byStart),
      notAwaited: notAwaited.toSorted(byStart),
    }),
  };
}

const byStart = (a: { readonly start: TraceTime }, b: { readonly start: TraceTime }): number =>
  a.start - b.start;

const isComplete = ({ phase, duration }: Row): boolean => phase === 'X' && duration > 0;

function blockOf(row: Row): LoopBlocked {
  const args = row.args();
  const cpuUs = numberIn(args, 'cpuUs');
  return {
    start: row.ts,
    duration: micro(row.duration),
    cpu: cpuUs === undefined || cpuUs < 0 ? undefined : micro(cpuUs),
    by: stringIn(args, 'by') ?? 'unknown',
    kind: stringIn(args, 'kind') ?? '',
    request: stringIn(args, 'request') ?? '',
    stack: stackOf(args),
  };
}

function queryOf(row: Row): ServerQuery {
  const args = row.args();
  return {
    start: row.ts,
    duration: micro(row.duration),
    sql: stringIn(args, 'sql') ?? '',
    onLoop: at(args, 'onLoop') === true,
    request: stringIn(args, 'request') ?? '',
    stack: stackOf(args),
  };
}

function errorOf(row: Row): ServerError {
  const args = row.args();
  return {
    start: row.ts,
    type: stringIn(args, 'type') ?? '',
    message: stringIn(args, 'message') ?? '',
    request: stringIn(args, 'request') ?? '',
    stack: stackOf(args),
  };
}

function notAwaitedOf(row: Row): NotAwaited {
  const args = row.args();
  return {
    start: row.ts,
    name: stringIn(args, 'name') ?? '',
    request: stringIn(args, 'request') ?? '',
    stack: stackOf(args),
  };
}

/** More frames say nothing more, and a hostile trace could hold any number. */
const MOST_FRAMES = 32;

const stackOf = (args: unknown): readonly ServerFrame[] =>
  listIn(args, 'stack')
    .slice(0, MOST_FRAMES)
    .map((frame) => ({
      functionName: stringIn(frame, 'functionName') ?? '',
      url: stringIn(frame, 'url') ?? '',
      line: numberIn(frame, 'line'),
      column: numberIn(frame, 'column'),
    }));

interface Edge {
  readonly ts: TraceTime;
  readonly args: unknown;
}

interface Pair {
  readonly begin: Edge;
  readonly end: Edge;
}

/** Begins and ends with the same id. */
class AsyncPairs {
  readonly #begins = new Map<string, Edge>();
  readonly #ends = new Map<string, Edge>();

  take(row: Row): void {
    const { asyncKey: key, phase, ts } = row;
    if (key === '') return;
    if (phase === 'b') this.#begins.set(key, { ts, args: row.args() });
    else if (phase === 'e') this.#ends.set(key, { ts, args: row.args() });
  }

  /** Those that ended. */
  pairs(): readonly Pair[] {
    return [...this.#begins].flatMap(([key, begin]) => {
      const end = this.#ends.get(key);
      return end === undefined || end.ts < begin.ts ? [] : [{ begin, end }];
    });
  }
}

function requestOf({ begin, end }: Pair): ServerRequest {
  const headers = numberIn(end.args, 'headersUs');
  const route = stringIn(begin.args, 'route') ?? '';
  return {
    id: stringIn(begin.args, 'id') ?? '',
    method: stringIn(begin.args, 'method') ?? 'GET',
    path: stringIn(begin.args, 'path') ?? route,
    route,
    start: begin.ts,
    headers:
      headers === undefined || headers < begin.ts || headers > end.ts
        ? end.ts
        : later(begin.ts, micro(headers - begin.ts)),
    end: end.ts,
    status: numberIn(end.args, 'status'),
  };
}

const spanOf = ({ begin, end }: Pair): ServerSpan => ({
  start: begin.ts,
  duration: between(begin.ts, end.ts),
  name: stringIn(begin.args, 'name') ?? '',
  kind: stringIn(begin.args, 'kind') ?? '',
  request: stringIn(begin.args, 'request') ?? '',
});
