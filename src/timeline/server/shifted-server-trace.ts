import type { TraceTime } from '../../base/units.ts';
import type { ServerTrace } from './server-trace.ts';

/** The same on another clock. Lengths stay: what a clock drifts within one of them is nothing beside it. */
export function shiftedServerTrace(trace: ServerTrace, shift: (time: TraceTime) => TraceTime): ServerTrace {
  const begun = <Event extends { readonly start: TraceTime }>(event: Event): Event => ({
    ...event,
    start: shift(event.start),
  });
  return {
    requests: trace.requests.map((request) => ({
      ...begun(request),
      headers: shift(request.headers),
      end: shift(request.end),
    })),
    blocks: trace.blocks.map(begun),
    queries: trace.queries.map(begun),
    executorWaits: trace.executorWaits.map(begun),
    spans: trace.spans.map(begun),
    errors: trace.errors.map(begun),
    notAwaited: trace.notAwaited.map(begun),
  };
}
