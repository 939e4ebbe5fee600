import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { callStack, framesIn } from './call-stack.ts';
import { lengthUs, nowUs, type Span } from './clock.ts';
import { type FastifyLike, fastifyHooks } from './fastify.ts';
import type { Args } from './kept.ts';
import { LoopWatch } from './loop-watch.ts';
import { redactMessage, redactSql } from './redact-sql.ts';
import { type Middleware, RequestWatch } from './request-watch.ts';
import { StackSampler } from './stack-sampler.ts';
import { type ServerTraceFile, TraceWriter } from './trace-writer.ts';

export type { FastifyLike } from './fastify.ts';
export type { Middleware } from './request-watch.ts';
export type { ServerTraceFile } from './trace-writer.ts';
export type { Span } from './clock.ts';

export interface InpactServerOptions {
  /** Whether to record. Where absent: not in production, which `NODE_ENV` says. */
  readonly enabled?: boolean;
  /** Whether responses tell their times. Where absent: as `enabled`, but not in production. */
  readonly serverTiming?: boolean;
  /** How long the loop must stand still for it to count, in milliseconds: 10 where absent. */
  readonly thresholdMs?: number;
  /** Whether to look at what runs on the loop while it stands still, so that a block has a function and a line. Where absent: yes. */
  readonly sampleStacks?: boolean;
}

export type SpanKind = 'database' | 'template' | 'view' | 'middleware' | 'own';

/** A query that ran somewhere else than on the loop, as whoever ran it timed it. */
export interface RemoteQuery extends Span {
  readonly sql: string;
  readonly threadId: number;
  readonly threadName: string;
}

/** Passes an error on, as middleware with four parameters does in Express. */
export type ErrorMiddleware = (
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  next: (error: unknown) => void,
) => void;

/** The agent inside a Node server. */
export interface InpactServer {
  /** For `node:http`: gives back a listener that is followed. */
  wrap(listener: RequestListener): RequestListener;
  /** For Express, and whatever else calls `next`. Use it first. */
  readonly middleware: Middleware;
  /** For Express: sees what handlers throw, and passes it on. Use it after the routes. */
  readonly errorMiddleware: ErrorMiddleware;
  /** For Fastify: `app.register(agent.fastify)`. */
  readonly fastify: (app: FastifyLike, options: unknown, done: () => void) => void;
  /** Runs a query on the event loop, which stands still for it. */
  query<Value>(sql: string, run: () => Value): Value;
  /** Tells of a query that ran in another thread or process. */
  recordQuery(query: RemoteQuery): void;
  /** Runs something under a name, whether it returns at once or later. */
  span<Value>(name: string, run: () => Value, kind?: SpanKind): Value;
  /** Tells of an error that was caught. */
  recordError(error: unknown): void;
  /** All that is kept, to be written as JSON. */
  trace(): ServerTraceFile;
  reset(): void;
  /** Answers `GET` with the trace and `DELETE` by forgetting it. Whoever mounts it decides who may ask. */
  readonly handler: RequestListener;
  /** Ends the watch. What is kept stays. */
  stop(): void;
}

/** Below, a block is felt by nobody: a frame takes 16.7 ms. */
const THRESHOLD_MS = 10;
/** A shorter query needs no stack to be found. */
const STACK_FROM_US = 1_000;

/** Watches the event loop of this process and the requests that it serves. Never throws into the server that it watches. */
export function inpactServer(options: InpactServerOptions = {}): InpactServer {
  const isProduction = process.env['NODE_ENV'] === 'production';
  const isOn = options.enabled ?? !isProduction;
  const thresholdUs = (options.thresholdMs ?? THRESHOLD_MS) * 1_000;
  const writer = new TraceWriter('server event loop');
  const complete = (name: string, { startUs, endUs }: Span, args: Args): void =>
    writer.keep({ name, phase: 'X', startUs, endUs, args: () => args });
  const atOnce = (name: string, phase: 'I' | 'C', args: Args): void => {
    const now = nowUs();
    writer.keep({ name, phase, startUs: now, endUs: now, args: () => args });
  };
  const loop = new LoopWatch({
    thresholdUs,
    sampler: options.sampleStacks === false ? undefined : new StackSampler(),
    onBlock: ({ stack, cpuUs, ...block }) => {
      const [innermost] = stack;
      const by = innermost === undefined ? 'unknown' : innermost.functionName || '(anonymous)';
      const kind = innermost === undefined ? 'unknown' : 'javascript';
      complete('inpact.loopBlocked', block, { by, kind, request: null, stack, cpuUs });
    },
    onCount: (count) => atOnce('inpact.loop', 'C', { ...count }),
  });
  const requests = new RequestWatch({
    ids: writer.ids,
    store: writer.requests,
    loop,
    sendsServerTiming: options.serverTiming ?? (isOn && !isProduction),
  });
  if (isOn) loop.start();

  /** @param thread Where it ran, if not on the loop. */
  const recordQuery = (span: Span, asked: string, thread?: number): void => {
    const served = requests.current;
    served?.queried(span);
    const { startUs, endUs } = span;
    const sql = redactSql(asked);
    const onLoop = thread === undefined;
    const stack = onLoop && lengthUs(span) >= STACK_FROM_US ? callStack() : '';
    const request = served?.number ?? 0;
    writer.queries.add({ startUs, endUs, sql, request, onLoop, tid: thread ?? process.pid, stack });
    if (!onLoop || lengthUs(span) < thresholdUs) return;
    loop.know(span);
    const args = { by: sql, kind: 'database', request: served?.id ?? null, stack: framesIn(stack) };
    complete('inpact.loopBlocked', span, args);
  };
  const recordError = (error: unknown): void => {
    if (!isOn) return;
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(typeof error);
    const request = requests.current?.id ?? null;
    const frames = framesIn(stack);
    atOnce('inpact.error', 'I', { request, type: name, message: redactMessage(message), stack: frames });
  };
  const middleware: Middleware = (request, response, next) => {
    if (isOn) requests.serve(request, response, next);
    else next();
  };

  return {
    wrap(listener) {
      if (!isOn) return listener;
      return (request, response) =>
        void requests.serve(request, response, () =>
          followingErrors(() => listener(request, response), recordError),
        );
    },
    middleware,
    errorMiddleware(error, _request, _response, next) {
      recordError(error);
      next(error);
    },
    fastify: fastifyHooks(middleware, requests, recordError),
    query(sql, run) {
      if (!isOn) return run();
      const startUs = nowUs();
      loop.begins(startUs);
      try {
        return run();
      } finally {
        recordQuery({ startUs, endUs: nowUs() }, sql);
      }
    },
    recordQuery({ sql, threadId, threadName, startUs, endUs }) {
      if (!isOn) return;
      writer.nameThread(threadId, threadName);
      recordQuery({ startUs, endUs }, sql, threadId);
    },
    span(name, run, kind = 'own') {
      if (!isOn) return run();
      const startUs = nowUs();
      const args = { request: requests.current?.id ?? null, kind, name, onLoop: true };
      return endingWith(run, () =>
        writer.keep({ name: 'inpact.span', phase: 'async', startUs, endUs: nowUs(), args: () => args }),
      );
    },
    recordError,
    trace: () => writer.toFile(),
    reset: () => writer.clear(),
    handler: (request, response) => answer(writer, request, response),
    stop: () => loop.stop(),
  };
}

/** Calls back when it has returned, or thrown, or what it promised has come. */
function endingWith<Value>(run: () => Value, end: () => void): Value {
  let value: Value;
  try {
    value = run();
  } catch (error) {
    end();
    throw error;
  }
  if (value instanceof Promise) void value.then(end, end);
  else end();
  return value;
}

/** What it throws, or promises and breaks, stays unhandled as it was. */
function followingErrors<Value>(run: () => Value, tell: (error: unknown) => void): Value | Promise<unknown> {
  const tellAndThrow = (error: unknown): never => {
    tell(error);
    throw error;
  };
  try {
    const value = run();
    return value instanceof Promise ? value.catch(tellAndThrow) : value;
  } catch (error) {
    return tellAndThrow(error);
  }
}

function answer(writer: TraceWriter, { method }: IncomingMessage, response: ServerResponse): void {
  if (method === 'DELETE') {
    writer.clear();
    response.writeHead(204).end();
    return;
  }
  if (method !== 'GET') {
    response.writeHead(405, { Allow: 'GET, DELETE' }).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(writer.toFile()));
}
