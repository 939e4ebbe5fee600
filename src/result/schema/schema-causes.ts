import * as v from 'valibot';
import type { Unavailable } from '../../base/measure.ts';
import { SEGMENT_KINDS } from '../../insights/segments.ts';
import { CALLBACK_KINDS } from '../../timeline/callbacks/callback-kinds.ts';
import type {
  CausedRequest,
  Initiator,
  InteractionDetails,
  InteractionTarget,
  MainThreadSpan,
  Redirect,
  RequestDetails,
  RequestPhases,
  SoftNavigation,
  WebSocketResult,
} from '../causes-result.ts';
import type { Chain } from '../chain-result.ts';
import { pipelineSchema } from './schema-findings.ts';
import type { Interaction, NavigationInp } from '../trace-result.ts';
import { type Entries, evidence, numberOr, reasonOf, type Shape } from './shapes.ts';

// The parts of a result that tell what caused what, as `schema.ts` checks the others.

const textOrNone: Shape<string | Unavailable<'not-recorded'>> = v.union([
  v.string(),
  reasonOf('not-recorded'),
]);

const target: Shape<InteractionTarget> = v.object({ nodeId: v.number(), name: textOrNone });

const softNavigation: Shape<SoftNavigation> = v.object({
  domModifications: v.number(),
  paintedAreaPx: v.number(),
  url: v.string(),
  urlChangedMs: numberOr('no-url-change'),
});

const causedRequest: Shape<CausedRequest> = v.object({
  request: v.number(),
  evidence,
  through: v.array(v.picklist(CALLBACK_KINDS)),
});

const chain: Shape<Chain> = v.object({
  endsWith: v.picklist(['contentful-paint', 'user-mark', 'next-paint']),
  segments: v.array(
    v.object({
      kind: v.picklist(SEGMENT_KINDS),
      startMs: v.number(),
      durationMs: v.number(),
      evidence,
      request: v.nullable(v.number()),
    }),
  ),
});

export const interactionDetailEntries: Entries<InteractionDetails> = {
  precision: v.picklist(['microsecond', 'parts-in-milliseconds', 'steps-of-8-milliseconds']),
  roundedDurationMs: v.number(),
  chromeDurationMs: numberOr('not-recorded'),
  cpuMs: numberOr('not-recorded'),
  target: v.union([target, reasonOf('not-recorded')]),
  frame: v.union([v.picklist(['main-frame', 'iframe', 'out-of-process-iframe']), reasonOf('not-recorded')]),
  softNavigation: v.union([softNavigation, reasonOf('not-recorded', 'no-context')]),
  causedRequests: v.array(causedRequest),
  chain,
  pipeline: pipelineSchema,
};

const initiator: Shape<Initiator> = v.object({
  type: v.string(),
  url: v.string(),
  line: numberOr('not-recorded'),
  column: numberOr('not-recorded'),
  functionName: v.string(),
});
const initiatorOrNone = v.union([initiator, reasonOf('not-recorded')]);

const redirect: Shape<Redirect> = v.object({ url: v.string(), startMs: v.number() });

const phases: Shape<RequestPhases> = v.object({
  queueingMs: numberOr('not-recorded'),
  dnsMs: numberOr('not-needed'),
  connectMs: numberOr('not-needed'),
  tlsMs: numberOr('not-needed'),
  sendMs: numberOr('not-recorded'),
  waitMs: numberOr('not-recorded'),
  downloadMs: numberOr('unfinished', 'not-recorded'),
});

export const requestDetailEntries: Entries<RequestDetails> = {
  pid: v.number(),
  tid: v.number(),
  initiator: initiatorOrNone,
  redirects: v.array(redirect),
  resourceType: textOrNone,
  priority: textOrNone,
  fromCache: v.boolean(),
  fromServiceWorker: v.boolean(),
  isSynchronous: v.boolean(),
  failed: v.boolean(),
  encodedBytes: numberOr('unfinished', 'not-recorded'),
  phases: v.union([phases, reasonOf('not-recorded')]),
};

export const mainThreadSpan: Shape<MainThreadSpan> = v.object({
  pid: v.number(),
  tid: v.number(),
  fromMs: v.number(),
  toMs: v.number(),
});

export const navigationInpSchema = (
  inp: Shape<Interaction | Unavailable<'no-interactions'>>,
): Shape<NavigationInp> =>
  v.object({
    kind: v.picklist(['load', 'back-forward-cache', 'prerender-activation', 'already-open']),
    url: v.string(),
    startMs: v.number(),
    inp,
    interactionCount: v.number(),
    isInpSlowest: v.boolean(),
  });

export const webSocketSchema: Shape<WebSocketResult> = v.object({
  url: v.string(),
  startMs: v.number(),
  openedMs: numberOr('not-opened'),
  closedMs: numberOr('not-closed'),
  initiator: initiatorOrNone,
  sentMessages: v.number(),
  sentBytes: v.number(),
  receivedMessages: v.number(),
  receivedBytes: v.number(),
});
