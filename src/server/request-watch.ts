import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { nowUs, type Span } from './clock.ts';
import type { LoopWatch } from './loop-watch.ts';
import type { TraceWriter } from './trace-writer.ts';

export type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** A request that is being served. */
export interface ServedRequest {
  readonly traceId: string;
  readonly id: string;
  readonly parentId: string | null;
  readonly startUs: number;
  /** How long the loop had been blocked when it came to this request. */
  readonly loopUs: number;
  readonly queries: Span[];
  queueUs: number;
  headersUs: number | undefined;
  route: string | undefined;
}

export interface RequestWatchOptions {
  readonly writer: TraceWriter;
  readonly loop: LoopWatch;
  readonly sendsServerTiming: boolean;
}

/** Follows each request from the loop coming to it until its response is handed over. */
export class RequestWatch {
  readonly #options: RequestWatchOptions;
  readonly #current = new AsyncLocalStorage<ServedRequest>();

  constructor(options: RequestWatchOptions) {
    this.#options = options;
  }

  /** The one that the running code works for. */
  get current(): ServedRequest | undefined {
    return this.#current.getStore();
  }

  /** Runs what serves a request. */
  serve(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const served = this.#begin(request, response);
    this.#current.run(served, next);
  }

  #begin(request: IncomingMessage, response: ServerResponse): ServedRequest {
    const { loop } = this.#options;
    const startUs = nowUs();
    const served: ServedRequest = {
      ...traceOf(request),
      startUs,
      loopUs: loop.blockedUs(startUs),
      queries: [],
      queueUs: 0,
      headersUs: undefined,
      route: undefined,
    };
    loop.begins(startUs);
    onHeaders(response, () => {
      served.headersUs = nowUs();
      if (this.#options.sendsServerTiming) response.appendHeader('Server-Timing', serverTiming(served));
    });
    let isOver = false;
    const end = (): void => {
      if (!isOver) this.#end(served, request, response);
      isOver = true;
    };
    response.once('finish', end);
    // The client has gone.
    response.once('close', end);
    return served;
  }

  #end(served: ServedRequest, request: IncomingMessage, response: ServerResponse): void {
    const { id, traceId, parentId, startUs, headersUs } = served;
    const endUs = nowUs();
    const path = pathOf(request);
    const begin = {
      id,
      traceId,
      parentId,
      method: request.method ?? 'GET',
      route: served.route ?? routeOf(request) ?? path,
      path,
    };
    const end = { status: response.statusCode, headersUs: headersUs ?? endUs };
    this.#options.writer.asynchronous('inpact.request', { startUs, endUs }, [begin, end]);
  }
}

/** Without the query, in which secrets are. A framework may have changed `url` to what is left of it. */
function pathOf(request: IncomingMessage & { readonly originalUrl?: unknown }): string {
  const url = typeof request.originalUrl === 'string' ? request.originalUrl : (request.url ?? '/');
  return url.split(/[?#]/, 1)[0] ?? '/';
}

/** Express's, once it has routed: the router's own path and the route's in it. */
function routeOf(
  request: IncomingMessage & { readonly route?: unknown; readonly baseUrl?: unknown },
): string | undefined {
  const { route, baseUrl } = request;
  if (typeof route !== 'object' || route === null || !('path' in route)) return undefined;
  return typeof route.path === 'string'
    ? `${typeof baseUrl === 'string' ? baseUrl : ''}${route.path}`
    : undefined;
}

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

function traceOf({ headers }: IncomingMessage): Pick<ServedRequest, 'id' | 'traceId' | 'parentId'> {
  const header = headers['traceparent'];
  const [, traceId, parentId] = TRACE_PARENT.exec(typeof header === 'string' ? header : '') ?? [];
  return {
    traceId: traceId ?? randomBytes(16).toString('hex'),
    id: randomBytes(8).toString('hex'),
    parentId: parentId ?? null,
  };
}

/** Calls back right before the headers are written, while some can be added. */
function onHeaders(response: ServerResponse, callback: () => void): void {
  // oxlint-disable-next-line typescript/unbound-method -- It is called on the response below.
  const { writeHead } = response;
  response.writeHead = function (this: ServerResponse, ...args: unknown[]): ServerResponse {
    response.writeHead = writeHead;
    callback();
    return Reflect.apply(writeHead, this, args);
  };
}

function serverTiming({ traceId, id, startUs, loopUs, queries, queueUs, headersUs }: ServedRequest): string {
  return [
    duration('total', (headersUs ?? startUs) - startUs),
    duration('db', unionUs(queries)),
    duration('queue', queueUs),
    duration('loop', loopUs),
    `traceparent;desc="00-${traceId}-${id}-01"`,
  ].join(', ');
}

const duration = (name: string, us: number): string => `${name};dur=${(us / 1000).toFixed(3)}`;

/** How long at least one of them ran. */
function unionUs(spans: readonly Span[]): number {
  let covered = 0;
  let reached = 0;
  for (const { startUs, endUs } of spans.toSorted((a, b) => a.startUs - b.startUs)) {
    covered += Math.max(0, endUs - Math.max(startUs, reached));
    reached = Math.max(reached, endUs);
  }
  return covered;
}
