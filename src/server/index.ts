import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { callStack } from './call-stack.ts';
import { lengthUs, nowUs, type Span } from './clock.ts';
import { CpuSampler } from './cpu-sampler.ts';
import { type FastifyLike, fastifyHooks } from './fastify.ts';
import { LoopWatch } from './loop-watch.ts';
import { redactSql } from './redact-sql.ts';
import { type Middleware, RequestWatch } from './request-watch.ts';
import { type ServerTraceFile, TraceWriter } from './trace-writer.ts';

export type { Middleware } from './request-watch.ts';
export type { ServerTraceFile } from './trace-writer.ts';
export type { Span } from './clock.ts';

export interface InpactServerOptions {
  /** Whether to record. Where absent: not in production, which `NODE_ENV` says. */
  readonly enabled?: boolean;
  /** Whether responses tell their times. Where absent: as `enabled`. */
  readonly serverTiming?: boolean;
  /** How long the loop must stand still for it to count, in milliseconds. */
  readonly thresholdMs?: number;
  /** Whether to sample what runs on the loop, so that a block has a function and a line. Where absent: yes. */
  readonly sampleCpu?: boolean;
}

export type SpanKind = 'database' | 'template' | 'view' | 'middleware' | 'own';

/** A query that ran somewhere else than on the loop, as whoever ran it timed it. */
export interface RemoteQuery extends Span {
  readonly sql: string;
  readonly threadId: number;
  readonly threadName: string;
}

/** The agent inside a Node server. */
export interface InpactServer {
  /** For `node:http`: gives back a listener that is followed. */
  wrap(listener: RequestListener): RequestListener;
  /** For Express, and whatever else calls `next`. Use it first. */
  readonly middleware: Middleware;
  /** For Fastify: `app.register(agent.fastify)`. */
  readonly fastify: (app: FastifyLike, options: unknown, done: () => void) => void;
  /** Runs a query on the event loop, which stands still for it. */
  query<Value>(sql: string, run: () => Value): Value;
  /** Tells of a query that ran in another thread or process. */
  recordQuery(query: RemoteQuery): void;
  /** Runs something under a name, whether it returns at once or later. */
  span<Value>(name: string, run: () => Value, kind?: SpanKind): Value;
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
  const isOn = options.enabled ?? process.env['NODE_ENV'] !== 'production';
  const thresholdUs = (options.thresholdMs ?? THRESHOLD_MS) * 1_000;
  const writer = new TraceWriter('server event loop');
  const loop = new LoopWatch({
    thresholdUs,
    sampler: options.sampleCpu === false ? undefined : new CpuSampler(),
    onBlock: ({ startUs, endUs }, stack) => {
      const [innermost] = stack;
      const by = innermost === undefined ? 'unknown' : innermost.functionName || '(anonymous)';
      const kind = innermost === undefined ? 'unknown' : 'javascript';
      writer.complete('inpact.loopBlocked', { startUs, endUs }, { by, kind, request: null, stack });
    },
    onCount: (count) => writer.counter('inpact.loop', { ...count }),
  });
  const requests = new RequestWatch({
    writer,
    loop,
    sendsServerTiming: isOn && (options.serverTiming ?? isOn),
  });
  if (isOn) loop.start();

  const recordQuery = (span: Span, sql: string, onLoop: boolean, tid?: number): void => {
    const served = requests.current;
    served?.queries.push(span);
    const stack = onLoop && lengthUs(span) >= STACK_FROM_US ? callStack() : [];
    const args = { request: served?.id ?? null, sql: redactSql(sql), onLoop, stack };
    writer.complete('inpact.query', span, args, tid);
    if (!onLoop || lengthUs(span) < thresholdUs) return;
    loop.know(span);
    writer.complete('inpact.loopBlocked', span, {
      by: args.sql,
      kind: 'database',
      request: args.request,
      stack,
    });
  };
  const middleware: Middleware = (request, response, next) => {
    if (isOn) requests.serve(request, response, next);
    else next();
  };

  return {
    wrap: (listener) => (request, response) =>
      middleware(request, response, () => listener(request, response)),
    middleware,
    fastify: fastifyHooks(middleware, requests),
    query(sql, run) {
      if (!isOn) return run();
      const startUs = nowUs();
      try {
        return run();
      } finally {
        recordQuery({ startUs, endUs: nowUs() }, sql, true);
      }
    },
    recordQuery({ sql, threadId, threadName, startUs, endUs }) {
      if (!isOn) return;
      writer.nameThread(threadId, threadName);
      recordQuery({ startUs, endUs }, sql, false, threadId);
    },
    span(name, run, kind = 'own') {
      if (!isOn) return run();
      const startUs = nowUs();
      const begin = { request: requests.current?.id ?? null, kind, name, onLoop: true };
      const end = (): void => writer.asynchronous('inpact.span', { startUs, endUs: nowUs() }, [begin, {}]);
      return endingWith(run, end);
    },
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
