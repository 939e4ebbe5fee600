import { later, type Micro, micro, type TraceTime, traceTime } from '../base/units.ts';
import type { Facts, ServerFacts } from '../timeline/facts.ts';
import type { Request } from '../timeline/network/requests.ts';
import type { ServerOrigin } from '../timeline/server/server-origin.ts';
import type { ServerTrace } from '../timeline/server/server-trace.ts';
import { shiftedServerTrace } from '../timeline/server/shifted-server-trace.ts';
import { type ClockOffset, clockOffset, type Exchange } from './clock-offset.ts';
import { loopBlockedBetween } from './loop-blocked.ts';
import {
  fits,
  matchServerRequests,
  type Pair,
  pairsByAddress,
  pairsById,
  SAME_CLOCK_TOLERANCE,
  sentToServer,
  type ServerMatch,
} from './server-requests.ts';

/** Why a server's times are not put on the trace's clock. */
export const CLOCK_REFUSALS = [
  /** The machine says that the clock is the same, but responses arrived before they were written, or requests after they were served. */
  'causality-broken',
  /** Nothing that both sides saw ties the two clocks together. */
  'too-few-pairs',
  /** No offset suits what both sides saw. */
  'contradicting-pairs',
  /** It may be wrong by more than half of anything that it would explain. */
  'error-too-large',
] as const;

export type ClockRefusal = (typeof CLOCK_REFUSALS)[number];

/** How a server's times were put on the trace's clock. */
export interface ServerClock {
  /** `shared`: it is one clock. `estimated`: from requests that both sides timed. `refused`: not at all. */
  readonly how: 'shared' | 'estimated' | 'refused';
  /** `proven`: both programs ran on one machine. `inferred`: causality holds, or the offset is estimated. */
  readonly evidence: 'proven' | 'inferred';
  readonly reason: ClockRefusal | undefined;
  /** What to add to the server's times at the trace's start. Undefined where it is not known. */
  readonly offset: Micro | undefined;
  /** The most by which a time of the server's may be wrong within the trace. Undefined where it is not known. */
  readonly error: Micro | undefined;
  readonly driftPpm: number | undefined;
  /** Requests that are known on both sides. */
  readonly pairs: number;
  /** Those of them that could not be so on this clock. */
  readonly contradicting: number;
}

export interface ServerAbout extends Omit<ServerOrigin, 'bootId'> {
  /** Whether all of its trace could be read. */
  readonly isComplete: boolean;
}

/** What a server says of itself, beside the page's trace. */
export interface ServerSide {
  readonly about: ServerAbout;
  readonly clock: ServerClock;
  /** On the trace's clock. Undefined where the clock was refused. */
  readonly trace: ServerTrace | undefined;
  readonly matches: ReadonlyMap<Request, ServerMatch>;
}

type Given = Pick<Facts, 'requests' | 'start' | 'span'>;

/** @param bootId Of the machine that recorded the trace, where it is known. */
export function serverSide(facts: Given, server: ServerFacts, bootId: string | undefined): ServerSide {
  const { bootId: _, ...origin } = server.origin;
  const about = { ...origin, isComplete: server.scan.cut === null };
  return { about, ...onTraceClock(facts, server, bootId) };
}

type OnTraceClock = Omit<ServerSide, 'about'>;

function onTraceClock(facts: Given, server: ServerFacts, bootId: string | undefined): OnTraceClock {
  const theirs = server.origin.bootId;
  if (bootId !== undefined && theirs !== undefined && bootId !== theirs) return otherClock(facts, server);
  const { requests } = facts;
  const pairs = pairsById(requests, server.trace);
  const contradicting = pairs.filter((pair) => !fits(...pair, SAME_CLOCK_TOLERANCE)).length;
  const isBroken = contradicting > 0 && contradicting * 2 >= pairs.length;
  const matches = matchServerRequests(requests, server.trace);
  const count = { pairs: pairs.length, contradicting };
  const isOneMachine = bootId !== undefined && bootId === theirs;
  if (isOneMachine && isBroken) return refused('causality-broken', count);
  // No two machines were started at the same moment: where even one request fits, the clock is the same.
  if (!isOneMachine && (isBroken || matches.size === 0)) return otherClock(facts, server);
  const clock: ServerClock = {
    how: 'shared',
    evidence: isOneMachine ? 'proven' : 'inferred',
    reason: undefined,
    offset: micro(0),
    error: micro(0),
    driftPpm: 0,
    ...count,
  };
  return { clock, trace: server.trace, matches };
}

/** A method and a path are not the same request for sure: one of them alone would be believed, whatever it says. */
const FEWEST_WITHOUT_IDS = 3;

function otherClock(facts: Given, { trace }: ServerFacts): OnTraceClock {
  const known = pairsById(facts.requests, trace);
  const others = known.length > 0 ? known : pairsByAddress(facts.requests, trace);
  const exchanges = others.flatMap(exchangeOf);
  const none = { pairs: exchanges.length, contradicting: 0 };
  if (exchanges.length < (known.length > 0 ? 1 : FEWEST_WITHOUT_IDS)) return refused('too-few-pairs', none);
  const offset = clockOffset(exchanges);
  if (offset === undefined)
    return refused('contradicting-pairs', { ...none, contradicting: exchanges.length });
  return estimatedClock(facts, trace, { offset, pairs: exchanges.length });
}

function exchangeOf([request, { start, headers }]: Pair): readonly Exchange[] {
  const { response } = request;
  const answered = response?.headers;
  // What a service worker answers was timed between it and the page.
  return answered === undefined || response?.timing?.send === undefined || request.fromServiceWorker
    ? []
    : [{ sent: sentToServer(request), answered, began: start, written: headers }];
}

interface Estimate {
  readonly offset: ClockOffset;
  readonly pairs: number;
}

function estimatedClock(facts: Given, trace: ServerTrace, { offset, pairs }: Estimate): OnTraceClock {
  const { start, span, requests } = facts;
  const shifted = shiftedServerTrace(trace, (time) => traceTime(time + offset.at(time)));
  const onServer = (time: TraceTime): number => time - offset.at(time - offset.at(time));
  const ends = [start, later(start, span)].map(onServer);
  const error = micro(Math.max(...ends.map((time) => offset.errorAt(time))));
  const matches = matchServerRequests(requests, shifted, micro(error + SAME_CLOCK_TOLERANCE));
  const clock: ServerClock = {
    how: 'estimated',
    evidence: 'inferred',
    reason: undefined,
    offset: micro(offset.at(onServer(start))),
    error,
    driftPpm: offset.driftPpm,
    pairs,
    contradicting: pairs - offset.agreeing,
  };
  const explained = Math.max(0, ...[...matches].map((match) => explainedBy(shifted, match)));
  if (error * 2 > explained) return refused('error-too-large', clock);
  return { clock, trace: shifted, matches };
}

/** For how long a request was held up or served in the server. */
function explainedBy(
  { blocks }: Pick<ServerTrace, 'blocks'>,
  [request, { request: own }]: readonly [Request, ServerMatch],
): number {
  return own.headers - own.start + loopBlockedBetween(blocks, sentToServer(request), own.start);
}

const refused = (
  reason: ClockRefusal,
  known: Pick<ServerClock, 'pairs' | 'contradicting'> &
    Partial<Pick<ServerClock, 'offset' | 'error' | 'driftPpm'>>,
): OnTraceClock => ({
  clock: {
    offset: undefined,
    error: undefined,
    driftPpm: undefined,
    ...known,
    how: 'refused',
    evidence: 'inferred',
    reason,
  },
  trace: undefined,
  matches: new Map(),
});
