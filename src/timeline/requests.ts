import { traceTime, type TraceTime } from '../base/units.ts';
import { at, listIn, numberIn, stringIn } from '../trace/json.ts';
import type { Row } from '../trace/row.ts';
import type { Handler } from './handler.ts';

/** One request of the page, over the network or from a cache. */
export interface Request {
  readonly pid: number;
  readonly requestId: string;
  readonly url: string;
  readonly method: string;
  /** When the main thread sent it. */
  readonly sent: TraceTime;
  /** The rest is undefined where it never came. */
  readonly response: Response | undefined;
  /** When the last byte arrived in the network process, which is true even while the main thread is busy. */
  readonly lastByte: TraceTime | undefined;
  readonly failed: boolean;
}

export interface Response {
  readonly status: number;
  /** When the headers arrived in the network process. Undefined for cached responses. */
  readonly headers: TraceTime | undefined;
  /** When the main thread got to it. */
  readonly seen: TraceTime;
  /** The raw `Server-Timing` header. Empty where there was none. */
  readonly serverTiming: string;
}

/** One sending of a request: a redirect sends it again under the same id. */
type Sending = Pick<Request, 'pid' | 'requestId' | 'url' | 'method' | 'sent'>;

/** How a request ended, and when the main thread heard of it. */
interface Ending extends Pick<Request, 'lastByte' | 'failed'> {
  readonly seen: TraceTime;
}

/**
 * Gathers requests by process and request id. A redirect keeps the id: the first sending and the last address count.
 * A trace's events come in no particular order, so a response may stand before its request.
 */
export function requests(): Handler<readonly Request[]> {
  const sendings = new Map<string, [Sending, ...Sending[]]>();
  const responses = new Map<string, Response>();
  const endings = new Map<string, Ending>();

  const see: Readonly<Record<string, (row: Row, args: unknown) => void>> = {
    ResourceSendRequest: (row, args) => {
      const sending = sendingOf(row, args);
      if (sending === undefined) return;
      const others = sendings.get(keyOf(row.pid, args));
      if (others === undefined) sendings.set(keyOf(row.pid, args), [sending]);
      else others.push(sending);
    },
    ResourceReceiveResponse: (row, args) => {
      keepLater(responses, keyOf(row.pid, args), responseOf(row, args));
    },
    ResourceFinish: (row, args) => {
      keepLater(endings, keyOf(row.pid, args), endingOf(row, args));
    },
  };

  return {
    watches: Object.keys(see),
    handle: (row, name) => see[name]?.(row, row.args()),
    finish: () =>
      [...sendings]
        .map(([key, own]) => requestOf(own, responses.get(key), endings.get(key)))
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
  response: Response | undefined,
  ending: Ending | undefined,
): Request {
  const first = sendings.reduce((a, b) => (b.sent < a.sent ? b : a));
  const { url } = sendings.reduce((a, b) => (b.sent >= a.sent ? b : a));
  return { ...first, url, response, lastByte: ending?.lastByte, failed: ending?.failed ?? false };
}

function sendingOf({ pid, ts }: Row, args: unknown): Sending | undefined {
  const url = stringIn(args, 'data', 'url');
  const requestId = stringIn(args, 'data', 'requestId');
  if (url === undefined || requestId === undefined || !IS_NETWORK.test(url)) return undefined;
  return { pid, requestId, url, method: stringIn(args, 'data', 'requestMethod') ?? 'GET', sent: ts };
}

function endingOf({ ts }: Row, args: unknown): Ending {
  // Seconds on the trace's clock, unlike every other figure beside it.
  const finishTime = numberIn(args, 'data', 'finishTime') ?? 0;
  return {
    seen: ts,
    failed: at(args, 'data', 'didFail') === true,
    lastByte: finishTime > 0 ? traceTime(finishTime * 1e6) : ts,
  };
}

const IS_NETWORK = /^(https?|file|blob|filesystem):/;

const keyOf = (pid: number, args: unknown): string =>
  `${String(pid)}|${stringIn(args, 'data', 'requestId') ?? ''}`;

function responseOf(row: Row, args: unknown): Response {
  const timing = at(args, 'data', 'timing');
  const requestTime = numberIn(timing, 'requestTime');
  const headersAfter = numberIn(timing, 'receiveHeadersEnd');
  const headers = listIn(args, 'data', 'headers')
    .filter((header) => stringIn(header, 'name')?.toLowerCase() === 'server-timing')
    .map((header) => stringIn(header, 'value') ?? '');
  return {
    status: numberIn(args, 'data', 'statusCode') ?? 0,
    headers:
      requestTime === undefined || headersAfter === undefined || headersAfter < 0
        ? undefined
        : traceTime(requestTime * 1e6 + headersAfter * 1e3),
    seen: row.ts,
    serverTiming: headers.join(', '),
  };
}
