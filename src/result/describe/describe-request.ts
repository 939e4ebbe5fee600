import { type Unavailable, unavailable, type Measure } from '../../base/measure.ts';
import { between, toMs, type TraceTime } from '../../base/units.ts';
import type { Causes } from '../../insights/causes.ts';
import { redactUrl } from '../../redact/redact-url.ts';
import type { NetworkTiming, Phase } from '../../timeline/network/network-timing.ts';
import type { RequestInitiator } from '../../timeline/network/request-initiator.ts';
import type { Request } from '../../timeline/network/requests.ts';
import { parseServerTiming } from '../../timeline/network/server-timing.ts';
import type { SourcePosition } from '../../timeline/source-position.ts';
import type { Initiator, RequestDetails, RequestPhases } from '../causes-result.ts';
import type { NetworkRequest } from '../trace-result.ts';
import { shortName } from './short-name.ts';

export function describeRequest(
  request: Request,
  origin: TraceTime,
  { synchronous }: Pick<Causes, 'synchronous'>,
): NetworkRequest {
  const { url, method, started, response, lastByte } = request;
  const since = (time: TraceTime): number => toMs(between(origin, time));
  const none = unavailable('no-response');
  return {
    url: redactUrl(url),
    method,
    status: response === undefined ? none : response.status,
    startMs: since(started),
    responseStartMs: responseStart(request, since),
    endMs: lastByte === undefined ? unavailable('unfinished') : since(lastByte),
    responseEventMs: response === undefined ? none : since(response.seen),
    serverTiming: parseServerTiming(response?.serverTiming ?? ''),
    ...describeDetails(request, origin, synchronous),
  };
}

function responseStart(
  { response }: Request,
  since: (time: TraceTime) => number,
): Measure<'no-response' | 'not-recorded'> {
  if (response === undefined) return unavailable('no-response');
  return response.headers === undefined ? unavailable('not-recorded') : since(response.headers);
}

/** @param synchronous The requests for which the main thread stood still. */
function describeDetails(
  request: Request,
  origin: TraceTime,
  synchronous: ReadonlySet<Request>,
): RequestDetails {
  const { pid, tid, redirects, resourceType, priority, fromCache, fromServiceWorker, failed } = request;
  return {
    pid,
    tid,
    initiator: describeInitiator(request.initiator),
    redirects: redirects.map(({ url, sent }) => ({
      url: redactUrl(url),
      startMs: toMs(between(origin, sent)),
    })),
    resourceType: orNotRecorded(resourceType),
    priority: orNotRecorded(priority),
    fromCache,
    fromServiceWorker,
    isSynchronous: synchronous.has(request),
    failed,
    encodedBytes: describeBytes(request),
    phases: describePhases(request),
  };
}

const orNotRecorded = (name: string | undefined): string | Unavailable<'not-recorded'> =>
  name === undefined ? unavailable('not-recorded') : shortName(name);

function describeInitiator({ type, place }: RequestInitiator): Initiator | Unavailable<'not-recorded'> {
  if (type === undefined && place === undefined) return unavailable('not-recorded');
  return initiatorAt(type ?? 'other', place);
}

export const initiatorAt = (type: string, place: SourcePosition | undefined): Initiator => ({
  type: shortName(type),
  url: redactUrl(place?.url ?? ''),
  line: place?.line ?? unavailable('not-recorded'),
  column: place?.column ?? unavailable('not-recorded'),
  functionName: shortName(place?.functionName ?? ''),
});

function describeBytes({ lastByte, encodedBytes }: Request): Measure<'unfinished' | 'not-recorded'> {
  if (lastByte === undefined) return unavailable('unfinished');
  return encodedBytes ?? unavailable('not-recorded');
}

function describePhases(request: Request): RequestPhases | Unavailable<'not-recorded'> {
  const timing = request.response?.timing;
  if (timing === undefined) return unavailable('not-recorded');
  const { dns, connect, tls, send, headers } = timing;
  const tcp = connect && tls && { start: connect.start, end: tls.start };
  return {
    queueingMs: describeQueueing(request.sentOn, firstEdge(timing)),
    dnsMs: ifNeeded(dns),
    connectMs: ifNeeded(tcp ?? connect),
    tlsMs: ifNeeded(tls),
    sendMs: span(send?.start, send?.end),
    waitMs: span(send?.end, headers),
    downloadMs: request.lastByte === undefined ? unavailable('unfinished') : span(headers, request.lastByte),
  };
}

/** Without the browser's own word a document's request is written only when the document is there: how long it queued is lost. */
const describeQueueing = (sent: TraceTime, begun: TraceTime | undefined): Measure<'not-recorded'> =>
  begun === undefined || begun < sent ? unavailable('not-recorded') : toMs(between(sent, begun));

const firstEdge = ({ dns, connect, send }: NetworkTiming): TraceTime | undefined =>
  dns?.start ?? connect?.start ?? send?.start;

/** Never negative: the main thread and the network process read the clock one after the other. */
const span = (start: TraceTime | undefined, end: TraceTime | undefined): Measure<'not-recorded'> =>
  start === undefined || end === undefined
    ? unavailable('not-recorded')
    : Math.max(0, toMs(between(start, end)));

const ifNeeded = (phase: Phase | undefined): Measure<'not-needed'> =>
  phase === undefined ? unavailable('not-needed') : Math.max(0, toMs(between(phase.start, phase.end)));
