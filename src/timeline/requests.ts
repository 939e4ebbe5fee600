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

type Draft = { -readonly [Key in keyof Request]: Request[Key] };

/** Gathers requests by process and request id. A redirect keeps the id: the first sending and the last address count. */
export function requests(): Handler<readonly Request[]> {
  const drafts = new Map<string, Draft>();
  const find = (row: Row, args: unknown): Draft | undefined => drafts.get(keyOf(row.pid, args));

  const see: Readonly<Record<string, (row: Row, args: unknown) => void>> = {
    ResourceSendRequest: (row, args) => {
      const url = stringIn(args, 'data', 'url');
      const requestId = stringIn(args, 'data', 'requestId');
      if (url === undefined || requestId === undefined || !IS_NETWORK.test(url)) return;
      const { pid, ts: sent } = row;
      const method = stringIn(args, 'data', 'requestMethod') ?? 'GET';
      const known = find(row, args);
      if (known !== undefined) known.url = url;
      else {
        const draft = {
          pid,
          requestId,
          url,
          method,
          sent,
          response: undefined,
          lastByte: undefined,
          failed: false,
        };
        drafts.set(keyOf(pid, args), draft);
      }
    },
    ResourceReceiveResponse: (row, args) => {
      const draft = find(row, args);
      if (draft !== undefined) draft.response = responseOf(row, args);
    },
    ResourceFinish: (row, args) => {
      const draft = find(row, args);
      if (draft === undefined) return;
      draft.failed = at(args, 'data', 'didFail') === true;
      // Seconds on the trace's clock, unlike every other figure beside it.
      const finishTime = numberIn(args, 'data', 'finishTime');
      draft.lastByte = finishTime === undefined || finishTime <= 0 ? row.ts : traceTime(finishTime * 1e6);
    },
  };

  return {
    watches: Object.keys(see),
    handle: (row, name) => see[name]?.(row, row.args()),
    finish: () => [...drafts.values()].toSorted((a, b) => a.sent - b.sent),
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
