import type { IncomingMessage, ServerResponse } from 'node:http';
import { lengthUs, type Span } from './clock.ts';
import type { SpanIds } from './span-ids.ts';

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** What a client said of the trace that it began. */
export interface TraceParent {
  readonly traceId: string;
  readonly parentId: string;
}

/** What is known of a request once it has been served. */
export interface Ended {
  readonly method: string;
  readonly path: string;
  readonly route: string;
  readonly status: number;
  readonly endUs: number;
}

/** A request that is being served. */
export class ServedRequest {
  readonly number: number;
  readonly parent: TraceParent | undefined;
  readonly startUs: number;
  /** How long the loop had been blocked when it came to this request. */
  readonly loopUs: number;
  headersUs: number | undefined = undefined;
  route: string | undefined = undefined;
  readonly #ids: SpanIds;
  #queries: Span[] | undefined = undefined;
  #isOver = false;

  constructor({ rawHeaders }: IncomingMessage, ids: SpanIds, { startUs, loopUs }: Begun) {
    this.#ids = ids;
    this.number = ids.next();
    this.parent = traceParentIn(rawHeaders);
    this.startUs = startUs;
    this.loopUs = loopUs;
  }

  get id(): string {
    return this.#ids.spanId(this.number);
  }

  /** For what its headers tell. What it has begun may go on to query for ever, long after they were sent, or the client has gone. */
  queried(query: Span): void {
    if (this.#isOver || this.headersUs !== undefined) return;
    if (this.#queries === undefined) this.#queries = [query];
    else this.#queries.push(query);
  }

  ended(request: IncomingMessage, { statusCode }: ServerResponse, endUs: number): Ended {
    this.#isOver = true;
    this.#queries = undefined;
    const path = pathOf(request);
    const route = this.route ?? routeOf(request) ?? path;
    return { method: request.method ?? 'GET', path, route, status: statusCode, endUs };
  }

  /** https://www.w3.org/TR/server-timing/ */
  serverTiming(headersUs: number): string {
    const total = ms(headersUs - this.startUs);
    const db = this.#queries === undefined ? NONE : ms(unionUs(this.#queries));
    const loop = this.loopUs === 0 ? NOT_BLOCKED : `, queue;dur=${NONE}, loop;dur=${ms(this.loopUs)}`;
    // Of few pieces: to make them one is most of what this costs.
    return `total;dur=${total}, db;dur=${db}${loop}, traceparent;desc="${this.#ids.traceParent(this.number, this.parent?.traceId)}"`;
  }
}

/** When the loop came to a request. */
interface Begun {
  readonly startUs: number;
  readonly loopUs: number;
}

/** Node keeps these as they came; `headers` would make an object of them, for which not every server asks. */
function traceParentIn(rawHeaders: readonly string[]): TraceParent | undefined {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length !== TRACE_PARENT_HEADER.length || name.toLowerCase() !== TRACE_PARENT_HEADER) continue;
    const [, traceId, parentId] = TRACE_PARENT.exec(rawHeaders[at + 1] ?? '') ?? [];
    return traceId === undefined || parentId === undefined ? undefined : { traceId, parentId };
  }
  return undefined;
}

const TRACE_PARENT_HEADER = 'traceparent';
const NONE = '0.000';
const NOT_BLOCKED = `, queue;dur=${NONE}, loop;dur=${NONE}`;
const THOUSANDTHS = Array.from({ length: 1000 }, (_, us) => String(us).padStart(3, '0'));

/** As milliseconds with three decimals: `toFixed` takes ten times as long. */
function ms(us: number): string {
  // Whoever tells of a query may have timed it more exactly, or wrongly.
  const whole = Math.max(0, Math.round(us));
  return `${String(Math.floor(whole / 1000))}.${THOUSANDTHS[whole % 1000] ?? '000'}`;
}

/** Without the query, in which secrets are. A framework may have changed `url` to what is left of it. */
function pathOf(request: IncomingMessage & { readonly originalUrl?: unknown }): string {
  const url = typeof request.originalUrl === 'string' ? request.originalUrl : (request.url ?? '/');
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  const fragment = path.indexOf('#');
  return fragment === -1 ? path : path.slice(0, fragment);
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
  const [only] = spans;
  if (only !== undefined && spans.length === 1) return lengthUs(only);
  let covered = 0;
  let reached = 0;
  for (const { startUs, endUs } of spans.toSorted((a, b) => a.startUs - b.startUs)) {
    covered += Math.max(0, endUs - Math.max(startUs, reached));
    reached = Math.max(reached, endUs);
  }
  return covered;
}
