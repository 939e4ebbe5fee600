import { clock, instant, ORIGIN_US, type TraceEvent } from './trace-events.ts';

/** One request, in milliseconds. What is left out never happened. */
export interface TestRequest {
  readonly requestId: string;
  readonly url: string;
  readonly sent: number;
  readonly response?: TestResponse;
  readonly finish?: TestFinish;
}

export interface TestResponse {
  /** When the headers arrived in the network process. Left out for a response from a cache. */
  readonly headers?: number;
  /** When the main thread got to it. */
  readonly seen: number;
  readonly status?: number;
  readonly serverTiming?: readonly string[];
}

export interface TestFinish {
  /** When the last byte arrived in the network process. */
  readonly lastByte?: number;
  readonly seen: number;
  readonly failed?: boolean;
}

export const request = ({ requestId, url, sent, response, finish }: TestRequest): readonly TraceEvent[] => [
  sending(requestId, url, sent),
  ...(response === undefined ? [] : [responseEvent(requestId, response)]),
  ...(finish === undefined ? [] : [finishEvent(requestId, finish)]),
];

export const sending = (requestId: string, url: string, ms: number): TraceEvent =>
  instant('ResourceSendRequest', ms, { args: { data: { requestId, url, requestMethod: 'GET' } } });

export function responseEvent(requestId: string, response: TestResponse): TraceEvent {
  const { headers, seen, status = 200, serverTiming = [] } = response;
  // Chrome gives the headers' time in milliseconds since a moment that it gives in seconds.
  const timing = headers !== undefined && { requestTime: ORIGIN_US / 1e6, receiveHeadersEnd: headers };
  const data = {
    requestId,
    statusCode: status,
    headers: serverTiming.map((value) => ({ name: 'Server-Timing', value })),
    ...(timing === false ? {} : { timing }),
  };
  return instant('ResourceReceiveResponse', seen, { args: { data } });
}

export const finishEvent = (requestId: string, { lastByte, seen, failed = false }: TestFinish): TraceEvent =>
  instant('ResourceFinish', seen, {
    args: {
      data: {
        requestId,
        didFail: failed,
        ...(lastByte === undefined ? {} : { finishTime: clock(lastByte) / 1e6 }),
      },
    },
  });
