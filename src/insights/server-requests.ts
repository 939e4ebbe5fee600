import { later, type Micro, micro, type TraceTime } from '../base/units.ts';
import type { Request } from '../timeline/network/requests.ts';
import type { ServerRequest, ServerTrace } from '../timeline/server/server-trace.ts';
import type { CausalEvidence } from './evidence.ts';

/** A request as the server saw it. */
export interface ServerMatch {
  readonly request: ServerRequest;
  /** `proven`: by its id. `inferred`: by method, path and time, where only one fits. `guessed`: where several do. */
  readonly evidence: CausalEvidence;
}

/** Clocks of one machine are one clock, but each side reads it before or after what it times. */
export const SAME_CLOCK_TOLERANCE: Micro = micro(2000);

/**
 * Finds which of the server's requests each of the page's was: by the id that the response carried, else by method, path and
 * time, as the server can't have begun before it was sent nor written headers after they arrived. That holds of an id too: a cache
 * between the two gives an old response, with an old id, again.
 * @param served On the trace's clock.
 * @param tolerance By how much that may be off.
 */
export function matchServerRequests(
  requests: readonly Request[],
  served: Pick<ServerTrace, 'requests'>,
  tolerance: Micro = SAME_CLOCK_TOLERANCE,
): ReadonlyMap<Request, ServerMatch> {
  const matches = new Map<Request, ServerMatch>();
  const taken = new Set<ServerRequest>();
  for (const [request, own] of pairsById(requests, served)) {
    if (!fits(request, own, tolerance)) continue;
    taken.add(own);
    matches.set(request, { request: own, evidence: 'proven' });
  }
  const byAddress = Map.groupBy(served.requests, addressOfServed);
  // One that says which of the server's requests it was is none of the others.
  for (const request of requests.filter((each) => isFromServer(each) && responseId(each) === '')) {
    const fitting = (byAddress.get(addressOf(request)) ?? []).filter(
      (candidate) => !taken.has(candidate) && fits(request, candidate, tolerance),
    );
    const [first] = fitting;
    if (first === undefined) continue;
    taken.add(first);
    matches.set(request, { request: first, evidence: fitting.length === 1 ? 'inferred' : 'guessed' });
  }
  return matches;
}

export type Pair = readonly [Request, ServerRequest];

/** Requests that are known by an id which only they have: of no clock does that ask anything. */
export function pairsById(
  requests: readonly Request[],
  { requests: served }: Pick<ServerTrace, 'requests'>,
): readonly Pair[] {
  return pairedOnce(requests.filter(isFromServer), responseId, served, ({ id }) => id);
}

/** Requests whose method and path only one on each side has. */
export const pairsByAddress = (
  requests: readonly Request[],
  { requests: served }: Pick<ServerTrace, 'requests'>,
): readonly Pair[] => pairedOnce(requests.filter(isFromServer), addressOf, served, addressOfServed);

function pairedOnce(
  requests: readonly Request[],
  keyOf: (request: Request) => string,
  served: readonly ServerRequest[],
  servedKeyOf: (request: ServerRequest) => string,
): readonly Pair[] {
  const byKey = Map.groupBy(served, servedKeyOf);
  return [...Map.groupBy(requests, keyOf)].flatMap(([key, [request, ...others]]): readonly Pair[] => {
    const [own, ...ownOthers] = byKey.get(key) ?? [];
    const isOnly = key !== '' && others.length === 0 && ownOthers.length === 0;
    return isOnly && request !== undefined && own !== undefined ? [[request, own]] : [];
  });
}

/** Whether a server can have answered it for this page. */
const isFromServer = ({ fromCache }: Request): boolean => !fromCache;

/** The id of the server's span: `traceparent;desc="00-<trace>-<id>-01"`. https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACE_PARENT = /\btraceparent\s*;\s*desc\s*=\s*"?00-[0-9a-f]{32}-([0-9a-f]{16})-/i;

const responseId = ({ response }: Request): string =>
  TRACE_PARENT.exec(response?.serverTiming ?? '')?.[1]?.toLowerCase() ?? '';

const addressOf = ({ method, url }: Request): string => `${method} ${pathOf(url)}`;
const addressOfServed = ({ method, path }: ServerRequest): string => `${method} ${path}`;

const pathOf = (url: string): string => /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? '';

/** Whether a request of the server's lies in the time in which the page waited for it. */
export function fits(request: Request, { start, headers }: ServerRequest, tolerance: Micro): boolean {
  const { response, lastByte } = request;
  const answered: TraceTime | undefined = response?.headers ?? lastByte;
  return (
    later(start, tolerance) >= sentToServer(request) &&
    (answered === undefined || headers <= later(answered, tolerance))
  );
}

/** When the network process began to send it to its last address: the main thread had asked for it before. */
export const sentToServer = ({ sentOn, response }: Request): TraceTime =>
  response?.timing?.send?.start ?? sentOn;
