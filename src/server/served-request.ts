import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Span } from './clock.ts';
import { randomHex } from './span-ids.ts';
import type { Args, Kept } from './trace-writer.ts';

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** A request that is being served. Once it has been, it is what the trace keeps of it. */
export class ServedRequest implements Kept {
  readonly name = 'inpact.request';
  readonly phase = 'async';
  readonly id: string = randomHex(8);
  readonly traceId: string;
  readonly parentId: string | null;
  readonly startUs: number;
  /** How long the loop had been blocked when it came to this request. */
  readonly loopUs: number;
  readonly queries: Span[] = [];
  endUs: number;
  headersUs: number | undefined;
  route: string | undefined;
  #method = 'GET';
  #path = '/';
  #status = 0;

  constructor({ headers }: IncomingMessage, startUs: number, loopUs: number) {
    const { traceparent } = headers;
    const [, traceId, parentId] =
      typeof traceparent === 'string' ? (TRACE_PARENT.exec(traceparent) ?? []) : [];
    this.traceId = traceId ?? randomHex(16);
    this.parentId = parentId ?? null;
    this.startUs = startUs;
    this.endUs = startUs;
    this.loopUs = loopUs;
  }

  /** Takes over what is to be kept: the request and the response themselves would hold whatever the app hung on them. */
  end(request: IncomingMessage, response: ServerResponse, endUs: number): void {
    this.endUs = endUs;
    this.headersUs ??= endUs;
    this.#method = request.method ?? 'GET';
    this.#path = pathOf(request);
    this.route ??= routeOf(request);
    this.#status = response.statusCode;
  }

  args(): Args {
    const { id, traceId, parentId } = this;
    const path = this.#path;
    return { id, traceId, parentId, method: this.#method, route: this.route ?? path, path };
  }

  endArgs(): Args {
    return { status: this.#status, headersUs: this.headersUs };
  }

  /** https://www.w3.org/TR/server-timing/ */
  serverTiming(headersUs: number): string {
    const total = `total;dur=${ms(headersUs - this.startUs)}`;
    const times = `${total}, db;dur=${ms(unionUs(this.queries))}, queue;dur=0.000, loop;dur=${ms(this.loopUs)}`;
    return `${times}, traceparent;desc="00-${this.traceId}-${this.id}-01"`;
  }
}

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
  if (spans.length === 0) return 0;
  let covered = 0;
  let reached = 0;
  for (const { startUs, endUs } of spans.toSorted((a, b) => a.startUs - b.startUs)) {
    covered += Math.max(0, endUs - Math.max(startUs, reached));
    reached = Math.max(reached, endUs);
  }
  return covered;
}
