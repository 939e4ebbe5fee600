import { scriptRequest } from './causes.ts';
import { finishEvent } from './requests.ts';
import { clock, instant, type TraceEvent } from './trace-events.ts';

/** What the network process timed of a request, in milliseconds of the test's time. */
export interface Exchange {
  readonly sent: number;
  readonly requested?: number;
  readonly connected?: number;
  readonly written?: number;
  readonly headers: number;
  /** When the main thread got to the response. */
  readonly seen: number;
  readonly lastByte: number;
  readonly serverTiming?: string;
  readonly url?: string;
  readonly method?: string;
  readonly fromCache?: boolean;
  readonly fromServiceWorker?: boolean;
}

/** A request that code sends, with its response. */
export function exchange(id: string, given: Exchange): readonly TraceEvent[] {
  const {
    sent,
    requested = sent + 1,
    written = requested + 1,
    headers,
    seen,
    lastByte,
    serverTiming,
    connected,
    fromCache = false,
    fromServiceWorker = false,
  } = given;
  const since = (ms: number): number => ms - requested;
  const timing = {
    requestTime: clock(requested) / 1e6,
    sendStart: since(connected ?? written - 1),
    sendEnd: since(written),
    receiveHeadersEnd: since(headers),
    ...(connected === undefined ? {} : { connectStart: since(requested), connectEnd: since(connected) }),
  };
  const header = serverTiming === undefined ? [] : [{ name: 'Server-Timing', value: serverTiming }];
  return [
    scriptRequest(sent, id, {
      ...(given.url === undefined ? {} : { url: given.url }),
      ...(given.method === undefined ? {} : { method: given.method }),
    }),
    instant('ResourceReceiveResponse', seen, {
      args: {
        data: { requestId: id, statusCode: 200, timing, headers: header, fromCache, fromServiceWorker },
      },
    }),
    finishEvent(id, { lastByte, seen: Math.max(seen, lastByte) }),
  ];
}
