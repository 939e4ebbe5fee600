import { later, fromMs, traceTime, type TraceTime } from '../../base/units.ts';
import { numberIn } from '../../trace/json.ts';

/**
 * What the network process timed of a request, on the trace's clock: true even while the main thread is busy. An edge is
 * undefined where the phase was not needed: a connection that is used again needs no name and no handshake.
 * https://chromedevtools.github.io/devtools-protocol/tot/Network/#type-ResourceTiming
 */
export interface NetworkTiming {
  /** When the network process began with it. */
  readonly requested: TraceTime;
  readonly dns: Phase | undefined;
  /** TLS included. */
  readonly connect: Phase | undefined;
  readonly tls: Phase | undefined;
  readonly send: Phase | undefined;
  /** When the last of the headers arrived. */
  readonly headers: TraceTime | undefined;
}

export interface Phase {
  readonly start: TraceTime;
  readonly end: TraceTime;
}

/** Reads the `timing` of a response. Undefined for those from a cache. */
export function networkTiming(timing: unknown): NetworkTiming | undefined {
  const requestTime = numberIn(timing, 'requestTime');
  if (requestTime === undefined || requestTime <= 0) return undefined;
  // The one figure in seconds. All others are milliseconds since then, or -1.
  const requested = traceTime(requestTime * 1e6);
  const edge = (name: string): TraceTime | undefined => {
    const ms = numberIn(timing, name);
    return ms === undefined || ms < 0 ? undefined : later(requested, fromMs(ms));
  };
  const phase = (name: string): Phase | undefined => {
    const start = edge(`${name}Start`);
    const end = edge(`${name}End`);
    return start === undefined || end === undefined ? undefined : { start, end };
  };
  return {
    requested,
    dns: phase('dns'),
    connect: phase('connect'),
    tls: phase('ssl'),
    send: phase('send'),
    headers: edge('receiveHeadersEnd'),
  };
}
