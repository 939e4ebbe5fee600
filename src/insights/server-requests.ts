import type { TraceTime } from '../base/units.ts';
import type { Request } from '../timeline/requests.ts';
import type { ServerRequest, ServerTrace } from '../timeline/server-trace.ts';
import type { CausalEvidence } from './caused-requests.ts';

/** A request as the server saw it. */
export interface ServerMatch {
  readonly request: ServerRequest;
  /** `proven`: by its id. `inferred`: by method, path and time, where only one fits. `guessed`: where several do. */
  readonly evidence: CausalEvidence;
}

/** Clocks of one machine are one clock, but each side reads it before or after what it times. */
const TOLERANCE_US = 2000;

/**
 * Finds which of the server's requests each of the page's was: by the id that the response carried, else by method, path and
 * time, as the server can't have begun before it was sent nor written headers after they arrived.
 */
export function matchServerRequests(
  requests: readonly Request[],
  { requests: served }: Pick<ServerTrace, 'requests'>,
): ReadonlyMap<Request, ServerMatch> {
  const byId = new Map(served.filter(({ id }) => id !== '').map((request) => [request.id, request]));
  const byPath = Map.groupBy(served, ({ method, path }) => `${method} ${path}`);
  const taken = new Set<ServerRequest>();
  const matches = new Map<Request, ServerMatch>();
  for (const request of requests) {
    const own = byId.get(responseId(request));
    if (own === undefined) continue;
    taken.add(own);
    matches.set(request, { request: own, evidence: 'proven' });
  }
  for (const request of requests) {
    if (matches.has(request)) continue;
    const fitting = (byPath.get(`${request.method} ${pathOf(request.url)}`) ?? []).filter(
      (candidate) => !taken.has(candidate) && fits(request, candidate),
    );
    const [first] = fitting;
    if (first === undefined) continue;
    taken.add(first);
    matches.set(request, { request: first, evidence: fitting.length === 1 ? 'inferred' : 'guessed' });
  }
  return matches;
}

/** The id of the server's span: `traceparent;desc="00-<trace>-<id>-01"`. https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACE_PARENT = /\btraceparent\s*;\s*desc\s*=\s*"?00-[0-9a-f]{32}-([0-9a-f]{16})-/i;

const responseId = ({ response }: Request): string =>
  TRACE_PARENT.exec(response?.serverTiming ?? '')?.[1]?.toLowerCase() ?? '';

const pathOf = (url: string): string => /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? '';

function fits({ sent, response, lastByte }: Request, { start, headers }: ServerRequest): boolean {
  const answered: TraceTime | undefined = response?.headers ?? lastByte;
  return start >= sent - TOLERANCE_US && (answered === undefined || headers <= answered + TOLERANCE_US);
}
