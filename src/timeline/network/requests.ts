import { listUnder } from '../../base/list-under.ts';
import { traceTime, type TraceTime } from '../../base/units.ts';
import { at, listIn, numberIn, stringIn } from '../../trace/json.ts';
import type { Row } from '../../trace/row.ts';
import type { Handler } from '../handler.ts';
import { type NetworkTiming, networkTiming } from './network-timing.ts';
import { type RequestInitiator, requestInitiator } from './request-initiator.ts';

/** One request of the page, over the network or from a cache. */
export interface Request {
  readonly pid: number;
  /** The thread that sent it. */
  readonly tid: number;
  /** Empty where Chrome names none: a worker's requests have none. */
  readonly frame: string;
  readonly requestId: string;
  readonly url: string;
  readonly method: string;
  /** When it was asked for: of a document when the browser began with it, long before its renderer writes of it. */
  readonly started: TraceTime;
  /** When the main thread sent it. */
  readonly sent: TraceTime;
  /** The rest is undefined where it never came. */
  readonly response: Response | undefined;
  /** When the last byte arrived in the network process, which is true even while the main thread is busy. */
  readonly lastByte: TraceTime | undefined;
  /** When the main thread heard of that. */
  readonly ended: TraceTime | undefined;
  readonly failed: boolean;
  readonly initiator: RequestInitiator;
  /** Earlier addresses that sent the request on, in order of time. */
  readonly redirects: readonly Redirect[];
  /** When it was sent to its last address: `started` where there was no redirect. */
  readonly sentOn: TraceTime;
  /** `Script`, `Document`, … Undefined before Chrome of 2024. */
  readonly resourceType: string | undefined;
  /** The last one that Chrome gave it. */
  readonly priority: string | undefined;
  /** From the disk, or from what the page's memory still held. */
  readonly fromCache: boolean;
  /** Answered by a service worker, which may have asked the network or a cache of its own. */
  readonly fromServiceWorker: boolean;
  /** Bytes over the network, headers included. Undefined where it never ended. */
  readonly encodedBytes: number | undefined;
}

export interface Redirect {
  readonly url: string;
  readonly sent: TraceTime;
}

export interface Response {
  readonly status: number;
  readonly timing: NetworkTiming | undefined;
  readonly fromCache: boolean;
  readonly fromServiceWorker: boolean;
  /** When the headers arrived in the network process. Undefined for cached responses. */
  readonly headers: TraceTime | undefined;
  /** When the main thread got to it. */
  readonly seen: TraceTime;
  /** The raw `Server-Timing` header. Empty where there was none. */
  readonly serverTiming: string;
}

/** One sending of a request: a redirect sends it again under the same id. */
type Sending = Pick<
  Request,
  | 'pid'
  | 'tid'
  | 'frame'
  | 'requestId'
  | 'url'
  | 'method'
  | 'sent'
  | 'initiator'
  | 'resourceType'
  | 'priority'
>;

/** How a request ended, and when the main thread heard of it. */
interface Ending extends Pick<Request, 'lastByte' | 'failed' | 'encodedBytes'> {
  readonly seen: TraceTime;
}

interface PriorityChange {
  readonly seen: TraceTime;
  readonly priority: string | undefined;
}

/** What else is known of a request than its sending. */
interface Context {
  /** When the browser sent it, to each of its addresses: of a document only. */
  readonly announced: readonly TraceTime[];
  readonly response: Response | undefined;
  readonly ending: Ending | undefined;
  readonly change: PriorityChange | undefined;
  readonly fromMemory: boolean;
}

/** What the handlers of an XMLHttpRequest may name it by: where it was sent first, or where redirects led it. */
export const xhrAddresses = ({ redirects: [first], url }: Request): readonly string[] =>
  first === undefined || first.url === url ? [url] : [first.url, url];

/**
 * Gathers requests by process and request id. A redirect keeps the id: the first sending and the last address count.
 * A trace's events come in no particular order, so a response may stand before its request.
 */
export function requests(): Handler<readonly Request[]> {
  const sendings = new Map<string, [Sending, ...Sending[]]>();
  const responses = new Map<string, Response>();
  const endings = new Map<string, Ending>();
  const changes = new Map<string, PriorityChange>();
  const fromMemory = new Set<string>();
  /** By request id alone: the browser's process writes them, for a renderer that may not have started. */
  const announced = new Map<string, TraceTime[]>();

  const see: Readonly<Record<string, (row: Row, args: unknown) => void>> = {
    ResourceSendRequest: (row, args) => {
      const sending = sendingOf(row, args);
      if (sending === undefined) return;
      const others = sendings.get(keyOf(row.pid, args));
      if (others === undefined) sendings.set(keyOf(row.pid, args), [sending]);
      else others.push(sending);
    },
    ResourceWillSendRequest: ({ ts }, args) => {
      listUnder(announced, stringIn(args, 'data', 'requestId') ?? '').push(ts);
    },
    ResourceReceiveResponse: (row, args) => {
      keepLater(responses, keyOf(row.pid, args), responseOf(row, args));
    },
    ResourceFinish: (row, args) => {
      keepLater(endings, keyOf(row.pid, args), endingOf(row, args));
    },
    ResourceChangePriority: (row, args) => {
      const priority = stringIn(args, 'data', 'priority');
      keepLater(changes, keyOf(row.pid, args), { seen: row.ts, priority });
    },
    ResourceMarkAsCached: ({ pid }, args) => {
      fromMemory.add(keyOf(pid, args));
    },
  };

  return {
    watches: Object.keys(see),
    handle: (row, name) => see[name]?.(row, row.args()),
    finish: () =>
      [...sendings]
        .filter(([, own]) => asksSomebody(own))
        .map(([key, own]) =>
          requestOf(own, {
            response: responses.get(key),
            ending: endings.get(key),
            change: changes.get(key),
            fromMemory: fromMemory.has(key),
            announced: announced.get(own[0].requestId) ?? [],
          }),
        )
        .toSorted((a, b) => a.sent - b.sent),
  };
}

function keepLater<Event extends { readonly seen: TraceTime }>(
  events: Map<string, Event>,
  key: string,
  event: Event,
): void {
  if (event.seen >= (events.get(key)?.seen ?? event.seen)) events.set(key, event);
}

function requestOf(
  sendings: readonly [Sending, ...Sending[]],
  { response, ending, change, fromMemory, announced }: Context,
): Request {
  const { first, last } = endsOf(sendings);
  const inOrder = sendings.toSorted((a, b) => a.sent - b.sent);
  const before = announced.filter((ts) => ts <= last.sent).toSorted((a, b) => a - b);
  const fromServiceWorker = response?.fromServiceWorker ?? false;
  return {
    ...first,
    started: traceTime(Math.min(before[0] ?? first.sent, first.sent)),
    url: last.url,
    response,
    lastByte: ending?.lastByte,
    ended: ending?.seen,
    failed: ending?.failed ?? false,
    // Chrome sends a request on by itself: who asked for it first is what counts.
    redirects: inOrder.slice(0, -1).map(({ url, sent }) => ({ url, sent })),
    sentOn: before.at(-1) ?? last.sent,
    priority: change?.priority ?? last.priority,
    fromCache: fromMemory || (isFromDisk(response, ending) && !fromServiceWorker),
    fromServiceWorker,
    encodedBytes: ending?.encodedBytes,
  };
}

/** Chrome says it of what a server pushed too, which came over the network. https://crbug.com/998397 */
const isFromDisk = (response: Response | undefined, ending: Ending | undefined): boolean =>
  response !== undefined && response.fromCache && (ending?.encodedBytes ?? 0) === 0;

function sendingOf({ pid, tid, ts }: Row, args: unknown): Sending | undefined {
  const url = stringIn(args, 'data', 'url');
  const requestId = stringIn(args, 'data', 'requestId');
  if (url === undefined || requestId === undefined) return undefined;
  return {
    pid,
    tid,
    frame: stringIn(args, 'data', 'frame') ?? '',
    requestId,
    url,
    method: stringIn(args, 'data', 'requestMethod') ?? 'GET',
    sent: ts,
    initiator: requestInitiator(at(args, 'data')),
    resourceType: stringIn(args, 'data', 'resourceType'),
    priority: stringIn(args, 'data', 'priority'),
  };
}

function endingOf({ ts }: Row, args: unknown): Ending {
  // Seconds on the trace's clock, unlike every other figure beside it.
  const finishTime = numberIn(args, 'data', 'finishTime') ?? 0;
  return {
    seen: ts,
    failed: at(args, 'data', 'didFail') === true,
    lastByte: finishTime > 0 ? traceTime(finishTime * 1e6) : ts,
    encodedBytes: numberIn(args, 'data', 'encodedDataLength'),
  };
}

/** An extension may send a request on to an answer of its own: it was the page that asked all the same. */
function asksSomebody(sendings: readonly [Sending, ...Sending[]]): boolean {
  const { first, last } = endsOf(sendings);
  return IS_NETWORK.test(first.url) && !last.url.startsWith('data:');
}

function endsOf(sendings: readonly [Sending, ...Sending[]]): {
  readonly first: Sending;
  readonly last: Sending;
} {
  const first = sendings.reduce((a, b) => (b.sent < a.sent ? b : a));
  const last = sendings.reduce((a, b) => (b.sent >= a.sent ? b : a));
  return { first, last };
}

const IS_NETWORK = /^(https?|file|blob|filesystem):/;

const keyOf = (pid: number, args: unknown): string =>
  `${String(pid)}|${stringIn(args, 'data', 'requestId') ?? ''}`;

function responseOf(row: Row, args: unknown): Response {
  const timing = networkTiming(at(args, 'data', 'timing'));
  const headers = listIn(args, 'data', 'headers')
    .filter((header) => stringIn(header, 'name')?.toLowerCase() === 'server-timing')
    .map((header) => stringIn(header, 'value') ?? '');
  return {
    status: numberIn(args, 'data', 'statusCode') ?? 0,
    timing,
    fromCache: at(args, 'data', 'fromCache') === true,
    fromServiceWorker: at(args, 'data', 'fromServiceWorker') === true,
    headers: timing?.headers,
    seen: row.ts,
    serverTiming: headers.join(', '),
  };
}
