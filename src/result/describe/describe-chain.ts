import { between, micro, toMs, type TraceTime, traceTime } from '../../base/units.ts';
import type { Chain as ChainFact } from '../../insights/chain.ts';
import type { Request } from '../../timeline/network/requests.ts';
import type { Chain, ChainSegment } from '../chain-result.ts';

/** @param requests Where the result lists each request. */
export function describeChain(
  { endsWith, segments }: ChainFact,
  origin: TraceTime,
  requests: ReadonlyMap<Request, number>,
): Chain {
  return {
    endsWith,
    segments: segments.map(({ kind, start, duration, evidence, request }): ChainSegment => {
      const startMs = toMs(between(origin, start));
      return {
        kind,
        startMs,
        // From rounded edges, so that segments touch and add up to what their ends say.
        durationMs: toMs(
          micro(Math.round(traceTime(start + duration) - origin) - Math.round(start - origin)),
        ),
        evidence,
        request: (request && requests.get(request)) ?? null,
      };
    }),
  };
}
