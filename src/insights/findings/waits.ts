import { later, micro, type Micro, traceTime, type TraceTime } from '../../base/units.ts';
import type { Request } from '../../timeline/network/requests.ts';
import type { ServerFrame, ServerTrace } from '../../timeline/server/server-trace.ts';
import { type Chain, isTooVague } from '../chain.ts';
import { type CausalEvidence, weakest } from '../evidence.ts';
import type { Segment, SegmentKind } from '../segments.ts';
import type { ServerMatch } from '../server-requests.ts';
import {
  CLEAR,
  type CodePlace,
  type Examined,
  type Insight,
  type Outcome,
  type Subject,
  together,
  unknown,
} from './finding.ts';

export const sumOf = (segments: readonly Segment[]): Micro =>
  micro(segments.reduce((sum, { duration }) => sum + duration, 0));

export const endOf = ({ start, duration }: Segment): TraceTime => later(start, duration);

export const segmentsOf = ({ segments }: Chain, ...kinds: readonly SegmentKind[]): readonly Segment[] =>
  segments.filter(({ kind }) => kinds.includes(kind));

/** The wait for one request's answer, as the chain divides it. */
export interface Wait {
  readonly request: Request;
  /** At least one. */
  readonly segments: readonly Segment[];
  readonly evidence: CausalEvidence;
}

/** From the sending of a request to its headers: a blocked loop does not know when the request arrived. */
export interface ServerWait extends Wait {
  readonly match: ServerMatch;
  readonly trace: ServerTrace;
  readonly start: TraceTime;
  readonly end: TraceTime;
}

const WAITS: readonly SegmentKind[] = [
  'network',
  'serverQueue',
  'serverWork',
  'serverQueueOrNetwork',
  'waiting',
];

/** Of each request of the chain. */
export function waits(chain: Chain): readonly Wait[] {
  const byRequest = Map.groupBy(segmentsOf(chain, ...WAITS), ({ request }) => request);
  return Array.from(byRequest, ([request, segments]) =>
    request === undefined
      ? []
      : [{ request, segments, evidence: weakest(...segments.map(({ evidence }) => evidence)) }],
  ).flat();
}

/** The wait with what the server's trace says of it. Undefined where it says nothing. */
export function onServer(wait: Wait, { server }: Examined): ServerWait | undefined {
  const match = server?.matches.get(wait.request);
  const [first] = wait.segments;
  const last = wait.segments.at(-1);
  if (server?.trace === undefined || match === undefined || first === undefined || last === undefined)
    return undefined;
  const { trace, clock } = server;
  const { start, headers } = match.request;
  if (isTooVague(server, headers - Math.min(start, first.start))) return undefined;
  const evidence = weakest(wait.evidence, match.evidence, clock.how === 'shared' ? 'proven' : 'inferred');
  const end = traceTime(Math.min(headers, endOf(last)));
  return { ...wait, evidence, match, trace, start: first.start, end };
}

/** What of a wait can be the server's. Told from it is the network only where the server says something of itself. */
const beyondNetwork = ({ segments }: Wait): readonly Segment[] =>
  segments.filter(({ kind }) => kind !== 'network');

/** An insight into each request of which the server's trace speaks. Of the others it is not known, unless they were too short to matter. */
export function ofWaits(
  least: Micro,
  look: (wait: ServerWait, subject: Subject) => Outcome,
): Insight['examine'] {
  const lookAt = (wait: Wait, subject: Subject, given: Examined): Outcome => {
    const seen = onServer(wait, given);
    if (seen !== undefined) return look(seen, subject);
    return sumOf(beyondNetwork(wait)) < least ? CLEAR : unseen(given, wait.request);
  };
  return (subject, given) => together(waits(subject.chain).map((wait) => lookAt(wait, subject, given)));
}

/** Why the server's trace says nothing of a request. */
export function unseen({ server }: Examined, request: Request): Outcome {
  if (server === undefined) return unknown('no-server-trace');
  const isVague = server.trace === undefined || server.matches.has(request);
  return unknown(isVague ? 'no-common-clock' : 'request-not-matched');
}

/** Where libraries and the platform itself lie, in Node and in Python. */
const LIBRARY = /[\\/](node_modules|site-packages|dist-packages)[\\/]|^node:|^<frozen |[\\/]lib[\\/]python\d/;

/** The innermost of the author's own lines, and then the innermost of all. */
export function serverCode(stack: readonly ServerFrame[]): readonly CodePlace[] {
  const own = stack.find(({ url }) => url !== '' && !LIBRARY.test(url));
  const innermost = stack.find(({ url }) => url !== '');
  return [...new Set([own, innermost])].flatMap((frame) =>
    frame === undefined ? [] : [{ side: 'server' as const, ...frame }],
  );
}
