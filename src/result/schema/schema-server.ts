import * as v from 'valibot';
import type { Unavailable } from '../../base/measure.ts';
import { CLOCK_REFUSALS } from '../../insights/server-clock.ts';
import type { ServerClock, ServerPlace, ServerResult } from '../server-result.ts';
import { evidence, numberOr, reasonOf, type Shape } from './shapes.ts';

// The parts of a result that tell of the server, as `schema.ts` checks the others.

const clock: Shape<ServerClock> = v.object({
  how: v.picklist(['shared', 'estimated', 'refused']),
  evidence: v.picklist(['proven', 'inferred']),
  reason: v.nullable(v.picklist(CLOCK_REFUSALS)),
  offsetMs: numberOr('not-known'),
  errorMs: numberOr('not-known'),
  driftPpm: numberOr('not-known'),
  pairs: v.number(),
  contradicting: v.number(),
});

const place: Shape<ServerPlace> = v.object({
  functionName: v.string(),
  url: v.string(),
  line: numberOr('not-recorded'),
});

const server: Shape<ServerResult> = v.object({
  agent: v.union([v.string(), reasonOf('not-recorded')]),
  complete: v.boolean(),
  droppedEvents: v.number(),
  loopBlocks: v.array(
    v.object({
      startMs: v.number(),
      durationMs: v.number(),
      by: v.string(),
      kind: v.string(),
      cpuMs: numberOr('not-recorded'),
      starved: v.boolean(),
      stack: v.array(place),
    }),
  ),
  queries: v.array(
    v.object({
      startMs: v.number(),
      durationMs: v.number(),
      sql: v.string(),
      onLoop: v.boolean(),
      stack: v.array(place),
    }),
  ),
  requests: v.array(
    v.object({
      method: v.string(),
      route: v.string(),
      startMs: v.number(),
      headersMs: v.number(),
      endMs: v.number(),
      status: numberOr('not-recorded'),
      request: v.nullable(v.number()),
      evidence: v.nullable(evidence),
    }),
  ),
  errors: v.array(
    v.object({ startMs: v.number(), type: v.string(), message: v.string(), stack: v.array(place) }),
  ),
});

export const serverClockSchema: Shape<ServerClock | Unavailable<'no-server-trace'>> = v.union([
  clock,
  reasonOf('no-server-trace'),
]);
export const serverSchema: Shape<ServerResult | Unavailable<'no-server-trace' | 'no-common-clock'>> = v.union(
  [server, reasonOf('no-server-trace', 'no-common-clock')],
);
