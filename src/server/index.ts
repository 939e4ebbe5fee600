import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { endingWith, followingErrors } from './call-through.ts';
import { nowUs, type Span } from './clock.ts';
import { type FastifyLike, fastifyHooks } from './fastify.ts';
import { isNodeNewEnough } from './node-version.ts';
import { Recorder } from './recorder.ts';
import type { Middleware } from './request-watch.ts';
import { StackSampler } from './stack-sampler.ts';
import { traceHandler } from './trace-handler.ts';
import type { ServerTraceFile } from './trace-writer.ts';

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

/** Watches the event loop of this process and the requests that it serves. Never throws into the server that it watches. */
export function inpactServer(options: InpactServerOptions = {}): InpactServer {
  const isProduction = process.env['NODE_ENV'] === 'production';
  const isOn = (options.enabled ?? !isProduction) && isNodeNewEnough();
  const recorder = new Recorder({
    thresholdUs: (options.thresholdMs ?? THRESHOLD_MS) * 1_000,
    sampler: options.sampleStacks === false ? undefined : new StackSampler(),
    sendsServerTiming: options.serverTiming ?? (isOn && !isProduction),
  });
  const { writer, loop, requests } = recorder;
  if (isOn) loop.start();

  const recordError = (error: unknown): void => {
    if (isOn) recorder.keepError(error);
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
        recorder.keepQuery({ startUs, endUs: nowUs() }, sql);
      }
    },
    recordQuery({ sql, threadId, threadName, startUs, endUs }) {
      if (!isOn) return;
      writer.nameThread(threadId, threadName);
      recorder.keepQuery({ startUs, endUs }, sql, threadId);
    },
    span: (name, run, kind = 'own') => (isOn ? endingWith(run, recorder.beginSpan(name, kind)) : run()),
    recordError,
    trace: () => writer.toFile(),
    reset: () => writer.clear(),
    handler: traceHandler(writer),
    stop: () => loop.stop(),
  };
}
