import { type Measure, unavailable } from '../../base/measure.ts';
import { between, type Micro, toMs, type TraceTime } from '../../base/units.ts';
import { isStarved } from '../../insights/loop-blocked.ts';
import type { ServerClock as ServerClockFact, ServerSide } from '../../insights/server-clock.ts';
import type { Request } from '../../timeline/network/requests.ts';
import type { ServerFrame, ServerTrace } from '../../timeline/server/server-trace.ts';
import type { ServerClock, ServerPlace, ServerRequest, ServerResult } from '../server-result.ts';
import type { TraceResult } from '../trace-result.ts';

/** @param requests Where the result lists each request. */
export function describeServer(
  side: ServerSide | undefined,
  origin: TraceTime,
  requests: ReadonlyMap<Request, number>,
): Pick<TraceResult, 'serverClock' | 'server'> {
  if (side === undefined) {
    const none = unavailable('no-server-trace');
    return { serverClock: none, server: none };
  }
  const { clock, trace } = side;
  return {
    serverClock: describeClock(clock),
    server:
      trace === undefined
        ? unavailable('no-common-clock')
        : describeServerTrace(trace, side, { origin, requests }),
  };
}

function describeClock({
  how,
  evidence,
  reason,
  offset,
  error,
  driftPpm,
  pairs,
  contradicting,
}: ServerClockFact): ServerClock {
  return {
    how,
    evidence,
    reason: reason ?? null,
    offsetMs: known(offset),
    errorMs: known(error),
    driftPpm: driftPpm === undefined ? unavailable('not-known') : Math.round(driftPpm * 10) / 10,
    pairs,
    contradicting,
  };
}

const known = (length: Micro | undefined): Measure<'not-known'> =>
  length === undefined ? unavailable('not-known') : toMs(length);

/** A busy server writes any number. */
const MOST = 1000;

interface Place {
  readonly origin: TraceTime;
  readonly requests: ReadonlyMap<Request, number>;
}

function describeServerTrace(
  trace: ServerTrace,
  side: ServerSide,
  { origin, requests }: Place,
): ServerResult {
  const since = (time: TraceTime): number => toMs(between(origin, time));
  const matched = new Map([...side.matches].map(([request, match]) => [match.request, { request, match }]));
  const described = trace.requests.map((own): ServerRequest => {
    const pair = matched.get(own);
    const index = pair === undefined ? undefined : requests.get(pair.request);
    return {
      method: own.method,
      route: own.route,
      startMs: since(own.start),
      headersMs: since(own.headers),
      endMs: since(own.end),
      status: own.status ?? unavailable('not-recorded'),
      request: index ?? null,
      evidence: pair === undefined || index === undefined ? null : pair.match.evidence,
    };
  });
  const { agent, droppedEvents, isComplete } = side.about;
  return {
    agent: agent ?? unavailable('not-recorded'),
    complete: isComplete,
    droppedEvents,
    loopBlocks: longest(trace.blocks).map((block) => ({
      startMs: since(block.start),
      durationMs: toMs(block.duration),
      by: block.by,
      kind: block.kind,
      cpuMs: block.cpu === undefined ? unavailable('not-recorded') : toMs(block.cpu),
      starved: isStarved(block),
      stack: block.stack.map(placeOf),
    })),
    queries: longest(trace.queries).map(({ start, duration, sql, onLoop, stack }) => ({
      startMs: since(start),
      durationMs: toMs(duration),
      sql,
      onLoop,
      stack: stack.map(placeOf),
    })),
    // Those of the page first: the others are of other visitors.
    requests: described
      .toSorted((a, b) => Number(a.request === null) - Number(b.request === null))
      .slice(0, MOST)
      .toSorted((a, b) => a.startMs - b.startMs),
    errors: trace.errors.slice(0, MOST).map(({ start, type, message, stack }) => ({
      startMs: since(start),
      type,
      message,
      stack: stack.map(placeOf),
    })),
  };
}

interface Lasting {
  readonly start: TraceTime;
  readonly duration: Micro;
}

function longest<Event extends Lasting>(events: readonly Event[]): readonly Event[] {
  if (events.length <= MOST) return events;
  return events
    .toSorted((a, b) => b.duration - a.duration)
    .slice(0, MOST)
    .toSorted((a, b) => a.start - b.start);
}

const placeOf = ({ functionName, url, line }: ServerFrame): ServerPlace => ({
  functionName,
  url,
  line: line ?? unavailable('not-recorded'),
});
