import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Span } from './clock.ts';
import type { Ended } from './request-store.ts';
import { randomHex } from './span-ids.ts';

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** A request that is being served. */
export class ServedRequest {
  readonly id: string = randomHex(8);
  readonly traceId: string;
  readonly parentId: string | null;
  readonly startUs: number;
  /** How long the loop had been blocked when it came to this request. */
  readonly loopUs: number;
  headersUs: number | undefined = undefined;
  route: string | undefined = undefined;
  #queries: Span[] | undefined = undefined;

  constructor({ headers }: IncomingMessage, startUs: number, loopUs: number) {
    const { traceparent } = headers;
    const [, traceId, parentId] =
      typeof traceparent === 'string' ? (TRACE_PARENT.exec(traceparent) ?? []) : NO_TRACE;
    this.traceId = traceId ?? randomHex(16);
    this.parentId = parentId ?? null;
    this.startUs = startUs;
    this.loopUs = loopUs;
  }

  queried(query: Span): void {
    if (this.#queries === undefined) this.#queries = [query];
    else this.#queries.push(query);
  }

  ended(request: IncomingMessage, { statusCode }: ServerResponse, endUs: number): Ended {
    const path = pathOf(request);
    const route = this.route ?? routeOf(request) ?? path;
    return { method: request.method ?? 'GET', path, route, status: statusCode, endUs };
  }

  /** https://www.w3.org/TR/server-timing/ */
  serverTiming(headersUs: number): string {
    const total = ms(headersUs - this.startUs);
    const db = this.#queries === undefined ? NONE : ms(unionUs(this.#queries));
    const loop = this.loopUs === 0 ? NONE : ms(this.loopUs);
    return `total;dur=${total}, db;dur=${db}, queue;dur=${NONE}, loop;dur=${loop}, traceparent;desc="00-${this.traceId}-${this.id}-01"`;
  }
}

const NO_TRACE: readonly string[] = [];
const NONE = '0.000';

const ms = (us: number): string => (us / 1000).toFixed(3);

/** Without the query, in which secrets are. A framework may have changed `url` to what is left of it. */
function pathOf(request: IncomingMessage & { readonly originalUrl?: unknown }): string {
  const url = typeof request.originalUrl === 'string' ? request.originalUrl : (request.url ?? '/');
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
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
