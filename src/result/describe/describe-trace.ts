import { isUnavailable, type Measure, type Unavailable, unavailable } from '../../base/measure.ts';
import { between, type Micro, micro, toMs, type TraceTime } from '../../base/units.ts';
import { interactionResult } from '../../insights/interaction-result.ts';
import { mainThreadTasks } from '../../insights/main-thread.ts';
import { unfinishedInteractions } from '../../insights/page-visits.ts';
import type { ServerSide } from '../../insights/server-clock.ts';
import { blockingTime, isLong, LONG_TASK } from '../../metrics/blocking.ts';
import { inpIndex } from '../../metrics/inp.ts';
import type { Facts } from '../../timeline/facts.ts';
import type { Interaction as InteractionFact } from '../../timeline/input/interactions.ts';
import type { Request } from '../../timeline/network/requests.ts';
import { parseServerTiming } from '../../timeline/network/server-timing.ts';
import type { Task } from '../../timeline/threads/tasks.ts';
import { describeCpuProfile } from './describe-cpu.ts';
import { describeFindings } from './describe-findings.ts';
import {
  describeAnimationFrames,
  describeForcedReflows,
  describeLayoutShifts,
  describeStyleAndLayout,
} from './describe-frames.ts';
import {
  type Causes,
  causesOf,
  describeInteractionDetails,
  describeNavigations,
  describeSpans,
  type RequestIndex,
  requestIndex,
} from './describe-causes.ts';
import { describeRequestDetails, describeWebSocket } from './describe-request-details.ts';
import { describePaints } from './describe-paints.ts';
import { describeServer } from './describe-server.ts';
import { redactUrl } from '../../redact/redact-url.ts';
import type { Interaction, LongTasks, MainThread, NetworkRequest, TraceResult } from '../trace-result.ts';

/**
 * Turns a trace's facts into what leaves the program: milliseconds since the first event, redacted addresses.
 * @param server Undefined where it kept no trace.
 */
export function describeTrace(file: string, facts: Facts, server?: ServerSide): TraceResult {
  const { scan, start, span, clock } = facts;
  const causes = causesOf(facts, server);
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
    ...describeServer(server, start, listed),
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

/** @param requests Those that the result lists beside it. */
export function describeInteraction(
  interaction: InteractionFact,
  facts: Facts,
  causes: Causes,
  requests: RequestIndex,
): Interaction {
  const { start: origin } = facts;
  const { interactionId, type, start, end, processingStart, processingEnd } = interaction;
  const icp = interactionResult(interaction, facts);
  return {
    interactionId,
    type,
    startMs: toMs(between(origin, start)),
    durationMs: toMs(between(start, end)),
    inputDelayMs: toMs(between(start, processingStart)),
    processingDurationMs: toMs(between(processingStart, processingEnd)),
    presentationDelayMs: toMs(between(processingEnd, end)),
    icpSource: isUnavailable(icp) ? icp : icp.source,
    icpStartMs: isUnavailable(icp) ? icp : toMs(between(origin, icp.start)),
    icpMs: isUnavailable(icp) ? icp : toMs(icp.last),
    icpFirstMs: isUnavailable(icp) ? icp : toMs(icp.first),
    ...describeInteractionDetails(interaction, facts, causes, requests),
  };
}

const NO_MAIN_THREAD = unavailable('no-renderer-main-thread');

/** Without a main thread none of them is known, which is not the same as none. */
export const NO_LONG_TASKS: LongTasks = {
  count: NO_MAIN_THREAD,
  totalBlockingTimeMs: NO_MAIN_THREAD,
  longestMs: unavailable('no-tasks'),
  tasks: [],
};

/** Where there are long tasks the longest is one of them: only a trace without any has all of its tasks looked at. */
function describeLongTasksOf({ mainFrame, tasks, start }: Facts): LongTasks {
  if (mainFrame === undefined) return NO_LONG_TASKS;
  const long = [...mainThreadTasks(mainFrame, tasks, LONG_TASK)];
  return describeLongTasks(long.length > 0 ? long : mainThreadTasks(mainFrame, tasks), start);
}

/** The long ones of the tasks; the longest of all of them, long or not. */
export function describeLongTasks(tasks: Iterable<Task>, origin: TraceTime): LongTasks {
  const long: Task[] = [];
  let longest: Micro | undefined;
  for (const task of tasks) {
    if (isLong(task.duration)) long.push(task);
    if (longest === undefined || task.duration > longest) longest = task.duration;
  }
  const blocking = long.reduce((sum, { duration }) => sum + blockingTime(duration), 0);
  return {
    count: long.length,
    totalBlockingTimeMs: toMs(micro(blocking)),
    longestMs: longest === undefined ? unavailable('no-tasks') : toMs(longest),
    tasks: long.map(({ start, duration, cpu }) => ({
      startMs: toMs(between(origin, start)),
      durationMs: toMs(duration),
      cpuMs: cpu === undefined ? unavailable('not-recorded') : toMs(cpu),
      blockingMs: toMs(blockingTime(duration)),
    })),
  };
}

export function describeRequest(
  request: Request,
  origin: TraceTime,
  { synchronous }: Pick<Causes, 'synchronous'>,
): NetworkRequest {
  const { url, method, started, response, lastByte } = request;
  const since = (time: TraceTime): number => toMs(between(origin, time));
  const none = unavailable('no-response');
  return {
    url: redactUrl(url),
    method,
    status: response === undefined ? none : response.status,
    startMs: since(started),
    responseStartMs: responseStart(request, since),
    endMs: lastByte === undefined ? unavailable('unfinished') : since(lastByte),
    responseEventMs: response === undefined ? none : since(response.seen),
    serverTiming: parseServerTiming(response?.serverTiming ?? ''),
    ...describeRequestDetails(request, origin, synchronous),
  };
}

function responseStart(
  { response }: Request,
  since: (time: TraceTime) => number,
): Measure<'no-response' | 'not-recorded'> {
  if (response === undefined) return unavailable('no-response');
  return response.headers === undefined ? unavailable('not-recorded') : since(response.headers);
}

function describeMainThread(facts: Facts): MainThread | Unavailable<'no-renderer-main-thread'> {
  const { mainFrame } = facts;
  if (mainFrame === undefined) return unavailable('no-renderer-main-thread');
  const { threads, how } = mainFrame;
  const { pid, tid } = threads.at(-1) ?? threads[0];
  const processes = threads.map((thread) => thread.pid);
  const taskCount = threads.reduce((sum, thread) => sum + facts.tasks.outermostCount(thread), 0);
  return { pid, tid, how, processes, taskCount, spans: describeSpans(facts) };
}
