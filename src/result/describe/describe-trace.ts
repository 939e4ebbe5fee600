import { type Unavailable, unavailable } from '../../base/measure.ts';
import { toMs } from '../../base/units.ts';
import type { Causes } from '../../insights/causes.ts';
import { unfinishedInteractions } from '../../insights/page-visits.ts';
import { inpIndex } from '../../metrics/inp.ts';
import type { Facts } from '../../timeline/facts.ts';
import type { Interaction, TraceResult } from '../trace-result.ts';
import { describeCpuProfile } from './describe-cpu.ts';
import { describeFindings } from './describe-findings.ts';
import { describeInteraction } from './describe-interaction.ts';
import { describeLongTasksOf } from './describe-long-tasks.ts';
import { describeMainThread } from './describe-main-thread.ts';
import { describeNavigations } from './describe-navigations.ts';
import { describePaints } from './describe-paints.ts';
import {
  describeAnimationFrames,
  describeForcedReflows,
  describeLayoutShifts,
  describeStyleAndLayout,
} from './describe-rendering.ts';
import { describeRequest } from './describe-request.ts';
import { describeServer } from './describe-server.ts';
import { describeWebSocket } from './describe-web-socket.ts';
import { requestIndex } from './request-index.ts';

/** Turns a trace's facts, and their causes, into what leaves the program: milliseconds since the first event, redacted addresses. */
export function describeTrace(file: string, facts: Facts, causes: Causes): TraceResult {
  const { scan, start, span, clock } = facts;
  const requests = facts.requests.toSorted((a, b) => a.started - b.started);
  const listed = requestIndex(requests);
  const interactions = facts.interactions.map((interaction) =>
    describeInteraction(interaction, facts, causes, listed),
  );
  return {
    file,
    partial: scan.cut ?? false,
    events: { read: scan.read, dropped: scan.dropped },
    firstEventUs: start,
    spanMs: toMs(span),
    clock: clock ?? null,
    mainThread: describeMainThread(facts),
    longTasks: describeLongTasksOf(facts),
    interactions,
    inp: interactionToNextPaint(interactions),
    inpPerNavigation: describeNavigations(facts, interactions, interactionToNextPaint),
    unfinishedInteractions: unfinishedInteractions(facts),
    requests: requests.map((request) => describeRequest(request, start, causes)),
    requestsOfOtherPages: facts.strangersRequests,
    webSockets: facts.webSockets.map((connection) => describeWebSocket(connection, start)),
    paints: describePaints(facts),
    animationFrames: describeAnimationFrames(facts),
    forcedReflows: describeForcedReflows(facts),
    styleAndLayout: describeStyleAndLayout(facts),
    layoutShifts: describeLayoutShifts(facts),
    cpuProfile: describeCpuProfile(facts),
    ...describeServer(causes.server, start, listed),
    ...describeFindings(causes.examinations, facts.interactions, { facts, requests: listed }),
  };
}

/** The visit's INP: with fewer than fifty interactions the slowest. */
export function interactionToNextPaint(
  interactions: readonly Interaction[],
): Interaction | Unavailable<'no-interactions'> {
  const slowestFirst = interactions.toSorted((a, b) => b.durationMs - a.durationMs);
  return slowestFirst[inpIndex(slowestFirst.length)] ?? unavailable('no-interactions');
}
