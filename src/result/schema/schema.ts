import * as v from 'valibot';
import type { Analysis } from '../analysis.ts';
import type { Load, ServerLoop, StepResult } from '../load.ts';
import { RECORDING_ASPECTS, type Session } from '../session.ts';
import {
  animationFramesSchema,
  cpuProfileSchema,
  forcedReflowsSchema,
  layoutShiftsSchema,
  styleAndLayoutSchema,
} from './schema-rendering.ts';
import { crossCheckSchema, environmentSchema, integritySchema, problemSchema } from './schema-capture.ts';
import {
  interactionDetailEntries,
  mainThreadSpan,
  navigationInpSchema,
  requestDetailEntries,
  webSocketSchema,
} from './schema-causes.ts';
import { answerSchema, claimSchema, summaryRowSchema } from './schema-summary.ts';
import { findingRow, pipelineRow } from './schema-session-findings.ts';
import { serverClockSchema, serverSchema } from './schema-server.ts';
import { findingEntries } from './schema-findings.ts';
import type { Interaction, LongTasks, NetworkRequest, TraceResult } from '../trace-result.ts';
import { numberOr, reasonOf, type Shape } from './shapes.ts';

// What a session file must look like. Each part is checked by the compiler against the type that documents it; the JSON
// Schema that the package publishes is made from this.

const icp = numberOr('not-recorded', 'no-contentful-change');
const interaction: Shape<Interaction> = v.object({
  interactionId: v.number(),
  pid: v.number(),
  tid: v.number(),
  type: v.string(),
  startMs: v.number(),
  durationMs: v.number(),
  inputDelayMs: v.number(),
  processingDurationMs: v.number(),
  presentationDelayMs: v.number(),
  icpSource: v.union([
    v.picklist(['contentful-paint', 'user-mark']),
    reasonOf('not-recorded', 'no-contentful-change'),
  ]),
  icpStartMs: icp,
  icpMs: icp,
  icpFirstMs: icp,
  ...interactionDetailEntries,
});
const interactionOrNone = v.union([interaction, reasonOf('no-interactions')]);

const longTasks: Shape<LongTasks> = v.object({
  count: numberOr('no-renderer-main-thread', 'no-tasks'),
  totalBlockingTimeMs: numberOr('no-renderer-main-thread', 'no-tasks'),
  longestMs: numberOr('no-tasks'),
  tasks: v.array(
    v.object({
      startMs: v.number(),
      durationMs: v.number(),
      cpuMs: numberOr('not-recorded'),
      blockingMs: v.number(),
    }),
  ),
});

const request: Shape<NetworkRequest> = v.object({
  url: v.string(),
  method: v.string(),
  status: numberOr('no-response'),
  startMs: v.number(),
  responseStartMs: numberOr('no-response', 'not-recorded'),
  endMs: numberOr('unfinished', 'not-recorded'),
  responseEventMs: numberOr('no-response'),
  serverTiming: v.array(v.object({ name: v.string(), durationMs: v.number(), description: v.string() })),
  ...requestDetailEntries,
});

const mainThread = v.object({
  pid: v.number(),
  tid: v.number(),
  how: v.picklist([
    'tracing-started-in-browser',
    'tracing-started-in-page',
    'navigation-start',
    'busiest-renderer-main-thread',
  ]),
  processes: v.array(v.number()),
  taskCount: v.number(),
  spans: v.array(mainThreadSpan),
});

const partial = v.object({
  reason: v.picklist(['cut-short', 'corrupt-compression', 'malformed']),
  atByte: v.number(),
});

const trace: Shape<TraceResult> = v.object({
  file: v.string(),
  partial: v.union([v.literal(false), partial]),
  events: v.object({ read: v.number(), dropped: v.record(v.string(), v.number()) }),
  firstEventUs: v.number(),
  spanMs: v.number(),
  clock: v.nullable(v.string()),
  mainThread: v.union([mainThread, reasonOf('no-renderer-main-thread')]),
  longTasks,
  interactions: v.array(interaction),
  inp: interactionOrNone,
  inpPerNavigation: v.array(navigationInpSchema(interactionOrNone)),
  unfinishedInteractions: v.number(),
  requests: v.array(request),
  requestsOfOtherPages: v.number(),
  webSockets: v.array(webSocketSchema),
  paints: v.object({
    totalBlockingTimeAfterFcpMs: numberOr('not-recorded', 'no-tasks'),
    firstContentfulPaintMs: numberOr('not-recorded'),
    largestContentfulPaintMs: numberOr('not-recorded'),
  }),
  animationFrames: animationFramesSchema,
  forcedReflows: forcedReflowsSchema,
  styleAndLayout: styleAndLayoutSchema,
  layoutShifts: layoutShiftsSchema,
  cpuProfile: cpuProfileSchema,
  serverClock: serverClockSchema,
  server: serverSchema,
  ...findingEntries,
});

const serverLoop: Shape<ServerLoop> = v.object({
  blockedDuringRequestMs: numberOr('no-request'),
  blocks: v.array(
    v.object({
      startMs: v.number(),
      durationMs: v.number(),
      name: v.string(),
      cpuMs: numberOr('not-recorded'),
      starved: v.boolean(),
    }),
  ),
});

const step: Shape<StepResult> = v.object({
  step: v.string(),
  repetition: v.number(),
  startMs: v.number(),
  endMs: v.number(),
  interaction: interactionOrNone,
  longTasks,
  requests: v.array(request),
  serverLoop: v.union([serverLoop, reasonOf('no-server-trace', 'no-common-clock', 'no-event-loop')]),
  ...findingEntries,
  tasks: v.object({
    startMs: v.array(v.number()),
    durationMs: v.array(v.number()),
    cpuMs: v.array(v.number()),
  }),
});

/** Read, and copied, beside the session: whatever wrote the file, it names no other place. */
const besideTheSession = v.nullable(v.pipe(v.string(), v.regex(/^[^./\\:][^/\\:]*$/, 'it is no file name')));

const load: Shape<Load> = v.object({
  id: v.string(),
  variant: v.string(),
  round: v.number(),
  warmUp: v.boolean(),
  startedAt: v.string(),
  status: v.picklist(['valid', 'invalid', 'failed']),
  problems: v.array(problemSchema),
  integrity: integritySchema,
  traceFile: besideTheSession,
  serverTraceFile: besideTheSession,
  trace: v.nullable(trace),
  steps: v.array(step),
});

export const sessionSchema: v.GenericSchema<Session> = v.object({
  schemaVersion: v.literal(1),
  kind: v.literal('session'),
  inpactVersion: v.string(),
  createdAt: v.string(),
  environment: environmentSchema,
  plan: v.object({
    runs: v.number(),
    warmUps: v.number(),
    repetitions: v.number(),
    seed: v.number(),
    shard: v.exactOptional(v.object({ index: v.number(), of: v.number() })),
  }),
  scenario: v.object({
    name: v.string(),
    steps: v.array(
      v.object({
        name: v.string(),
        description: v.string(),
        expects: v.picklist(['interaction', 'paint', 'nothing']),
        request: v.exactOptional(v.string()),
      }),
    ),
  }),
  variants: v.array(v.object({ name: v.string(), description: v.string(), url: v.string() })),
  loads: v.array(load),
  summary: v.array(summaryRowSchema),
  pipelines: v.array(pipelineRow),
  findings: v.array(findingRow),
  claims: v.array(claimSchema),
  answer: answerSchema,
  crossCheck: v.exactOptional(v.array(crossCheckSchema)),
  apart: v.exactOptional(v.array(v.picklist(RECORDING_ASPECTS))),
});

export const analysisSchema: v.GenericSchema<Analysis> = v.object({
  schemaVersion: v.literal(1),
  kind: v.literal('analysis'),
  inpactVersion: v.string(),
  traces: v.array(trace),
});
