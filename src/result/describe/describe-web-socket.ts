import { unavailable } from '../../base/measure.ts';
import { between, toMs, type TraceTime } from '../../base/units.ts';
import { redactUrl } from '../../redact/redact-url.ts';
import type { WebSocketConnection } from '../../timeline/network/web-sockets.ts';
import type { WebSocketResult } from '../causes-result.ts';
import { initiatorAt } from './describe-request.ts';

export function describeWebSocket(connection: WebSocketConnection, origin: TraceTime): WebSocketResult {
  const { url, created, place, opened, closed, sent, received } = connection;
  const since = (time: TraceTime): number => toMs(between(origin, time));
  return {
    url: redactUrl(url),
    startMs: since(created),
    openedMs: opened === undefined ? unavailable('not-opened') : since(opened),
    closedMs: closed === undefined ? unavailable('not-closed') : since(closed),
    initiator: place === undefined ? unavailable('not-recorded') : initiatorAt('script', place),
    sentMessages: sent.messages,
    sentBytes: sent.bytes,
    receivedMessages: received.messages,
    receivedBytes: received.bytes,
  };
}
