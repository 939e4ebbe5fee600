import { isUnavailable } from '../base/measure.ts';
import { later, micro, traceTime, type TraceTime } from '../base/units.ts';
import { parseServerTiming } from '../timeline/network/server-timing.ts';
import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/input/interactions.ts';
import type { Request } from '../timeline/network/requests.ts';
import type { CausedRequest } from './caused-requests.ts';
import { answered, type CriticalRequest, criticalRequests, paintedImage } from './critical-requests.ts';
import { weakest } from './evidence.ts';
import { type HandlerWindows, handlerWindows } from './handler-windows.ts';
import { type IcpSource, interactionResult } from './interaction-result.ts';
import { loopBlockedBetween } from './loop-blocked.ts';
import type { RunsOf, ThreadRuns } from './script-runs.ts';
import { type Segment, Segments } from './segments.ts';
import type { ServerSide } from './server-clock.ts';

/** Where the time from an input to its result went. */
export interface Chain {
  /** By what the end is known. `next-paint`: of a result nothing is known, it is the interaction's own. */
  readonly endsWith: IcpSource | 'next-paint';
  /** In order of time, without overlap: they add up to ICP, or to the interaction's duration. */
  readonly segments: readonly Segment[];
}

export interface ChainGiven {
  /** What each interaction's handlers sent, themselves or by what they asked for. */
  readonly caused: ReadonlyMap<Interaction, readonly CausedRequest[]>;
  /** Requests for which the main thread stood still. */
  readonly synchronous: ReadonlySet<Request>;
  /** Undefined where the server kept no trace. */
  readonly server: ServerSide | undefined;
  readonly runsOf: RunsOf;
}

/** Follows each interaction from the input through its requests to the paint that shows the result. */
export function interactionChains(facts: Facts, given: ChainGiven): ReadonlyMap<Interaction, Chain> {
  return new Map(
    facts.interactions.map((interaction) => [
      interaction,
      chainOf(interaction, { ...given, facts, runs: given.runsOf(interaction) }),
    ]),
  );
}

interface Given extends ChainGiven {
  readonly facts: Facts;
  readonly runs: ThreadRuns;
}

function chainOf(interaction: Interaction, given: Given): Chain {
  const icp = interactionResult(interaction, given.facts);
  const isPainted = !isUnavailable(icp);
  const start = isPainted ? icp.start : interaction.start;
  const end = isPainted ? later(icp.start, icp.last) : interaction.end;
  const modified = isPainted ? icp.modified : undefined;
  const { facts, runs, caused, synchronous } = given;
  const segments = new Segments(start, end);
  const handlers = handlerWindows(interaction, { start, isPainted });
  segments.until(handlers[0].processingStart, 'inputDelay', 'proven');
  const image =
    isPainted && icp.isImage
      ? paintedImage(facts.requests, interaction, { modified: icp.modified, presented: end })
      : undefined;
  const found = criticalRequests({
    image,
    interaction,
    requests: facts.requests,
    caused: caused.get(interaction) ?? [],
    synchronous,
    runs,
    modified,
  });
  // The next paint waits for no request but those for which the main thread stood still.
  const path = isPainted ? found : found.filter(({ request }) => synchronous.has(request));
  const walk: Walk = { segments, runs, given, handlers };
  for (const [index, critical] of path.entries()) followRequest(critical, index > 0, walk);
  if (path.length === 0) followCallbacks(modified, walk);
  else if (image === undefined) followResponse(path, modified, walk);
  const drawn = runs.rendering.lastUpTo(end);
  segments.until(drawn?.end, 'rendering', isPainted ? 'inferred' : 'proven');
  return {
    endsWith: isPainted ? icp.source : 'next-paint',
    segments: segments.finish('presentation', 'proven'),
  };
}

interface Walk {
  readonly segments: Segments;
  readonly runs: ThreadRuns;
  readonly given: Given;
  /** When the interaction's own handlers ran. */
  readonly handlers: HandlerWindows;
}

/**
 * The handlers that had begun by a moment, the first in any case, and the time between them.
 * @returns When the last of them ended.
 */
function followHandlers(
  { segments, handlers: [first, ...after] }: Walk,
  moment: TraceTime,
  upTo = traceTime(Infinity),
): TraceTime {
  const followed = [first, ...after.filter(({ processingStart }) => processingStart <= moment)];
  let ended = first.processingEnd;
  for (const { processingStart, processingEnd } of followed) {
    segments.until(processingStart, 'scheduled', 'inferred');
    segments.until(traceTime(Math.min(processingEnd, upTo)), 'handler', 'proven');
    ended = traceTime(Math.max(ended, processingEnd));
  }
  return ended;
}

function followRequest({ request, evidence }: CriticalRequest, isLater: boolean, walk: Walk): void {
  const { segments } = walk;
  if (isLater) segments.until(request.sent, 'betweenRequests', evidence);
  else {
    followHandlers(walk, request.sent, request.sent);
    segments.until(request.sent, 'scheduled', evidence);
  }
  segments.until(request.sentOn, 'redirect', evidence, request);
  const { response, lastByte } = request;
  const timing = response?.timing;
  if (timing === undefined || request.fromCache || request.fromServiceWorker) {
    const ready = answered(request);
    // A service worker may have asked the server: then the response carries the id of a request that was served meanwhile.
    if (request.fromServiceWorker && walk.given.server?.matches.has(request) === true)
      followWait({ request, evidence }, ready, walk);
    segments.until(ready, 'cache', evidence, request);
    return;
  }
  segments.until(timing.requested, 'queueing', evidence, request);
  segments.until(
    timing.dns?.start ?? timing.connect?.start ?? timing.send?.start,
    'queueing',
    evidence,
    request,
  );
  segments.until(timing.connect?.end ?? timing.dns?.end, 'connection', evidence, request);
  segments.until(timing.send?.end, 'sending', evidence, request);
  followWait({ request, evidence }, response?.headers, walk);
  segments.until(lastByte, 'download', evidence, request);
}

/** From the last byte sent to the headers: the way there and back, and the server. */
function followWait(
  { request, evidence }: CriticalRequest,
  headers: TraceTime | undefined,
  { segments, given: { server } }: Walk,
): void {
  if (headers === undefined) return;
  const match = server?.matches.get(request);
  if (server?.trace === undefined || match === undefined) {
    followServerTiming({ request, evidence }, headers, segments);
    return;
  }
  const { start, headers: written } = match.request;
  // The loop can hold a request up only once it has arrived: what is blocked of the time before it began is the last of it.
  const blocked = loopBlockedBetween(server.trace.blocks, segments.at, start);
  if (isTooVague(server, written - start + blocked)) {
    followServerTiming({ request, evidence }, headers, segments);
    return;
  }
  const sure = weakest(evidence, match.evidence, server.clock.how === 'shared' ? 'proven' : 'inferred');
  if (server.about.hasLoop) {
    segments.until(traceTime(start - blocked), 'network', sure, request);
    segments.until(start, 'serverQueue', sure, request);
  } else segments.until(start, 'serverQueueOrNetwork', sure, request);
  segments.until(written, 'serverWork', sure, request);
  segments.until(headers, 'network', sure, request);
}

/** Whether the server's times can be wrong by half of what they are to explain: then they explain nothing. */
export const isTooVague = ({ clock }: Pick<ServerSide, 'clock'>, length: number): boolean =>
  (clock.error ?? 0) * 2 > length;

/** Without the server's trace its own figures in the response are all that it says: how long, and not when. */
function followServerTiming(
  { request, evidence }: CriticalRequest,
  headers: TraceTime,
  segments: Segments,
): void {
  const metrics = parseServerTiming(request.response?.serverTiming ?? '');
  const lengthOf = (name: string): number | undefined => {
    const metric = metrics.find((candidate) => candidate.name === name);
    return metric === undefined ? undefined : metric.durationMs * 1000;
  };
  const total = lengthOf('total');
  if (total === undefined) {
    segments.until(headers, 'waiting', evidence, request);
    return;
  }
  const sure = weakest(evidence, 'inferred');
  const began = traceTime(headers - Math.min(total, headers - segments.at));
  const blocked = lengthOf('loop');
  if (blocked !== undefined) {
    segments.until(traceTime(began - blocked), 'network', sure, request);
    segments.until(began, 'serverQueue', sure, request);
  } else segments.until(began, 'serverQueueOrNetwork', sure, request);
  segments.until(headers, 'serverWork', sure, request);
}

/** From the last response to the change that is painted. */
function followResponse(path: readonly CriticalRequest[], modified: TraceTime | undefined, walk: Walk): void {
  const { segments, runs, given } = walk;
  const last = path.at(-1);
  if (last === undefined) return;
  const { request, evidence } = last;
  const ready = answered(request);
  if (ready === undefined) return;
  if (given.synchronous.has(request)) {
    followHandlers(walk, ready);
    return;
  }
  const worked = modified === undefined ? runs.scripts.firstFrom(ready) : runs.scripts.at(modified);
  const began = handlerOf(runs, ready, worked);
  segments.until(began, 'mainThreadBusy', evidence);
  segments.until(worked?.end ?? modified, 'responseHandler', evidence);
}

/** Something else that takes so long before the code that makes the change was in its way, and no part of it. */
const IN_THE_WAY = micro(50_000);

/** When the code that worked on the response began: the first after it that is not somebody else's long run. */
function handlerOf(
  { scripts }: ThreadRuns,
  ready: TraceTime,
  worked: { readonly start: TraceTime } | undefined,
): TraceTime | undefined {
  if (worked === undefined) return undefined;
  const between = scripts.startingWithin(ready, worked.start);
  const long = between.findLast(({ start, end }) => start < worked.start && end - start > IN_THE_WAY);
  return between.find(({ start }) => long === undefined || start >= long.end)?.start ?? worked.start;
}

/** Without a request: the handlers, and what they asked to be run later. */
function followCallbacks(modified: TraceTime | undefined, walk: Walk): void {
  const { segments, runs } = walk;
  const handlerEnd = followHandlers(walk, modified ?? segments.at);
  if (modified === undefined || modified <= handlerEnd) return;
  const worked = runs.scripts.at(modified);
  segments.until(worked?.start ?? modified, 'scheduled', 'inferred');
  segments.until(worked?.end, 'callback', 'inferred');
}
