import { isUnavailable, type Measure, type Unavailable, unavailable } from '../../base/measure.ts';
import { between, type Micro, toMs, type TraceTime } from '../../base/units.ts';
import type { Causes } from '../../insights/causes.ts';
import { isStarved, loopBlockedBetween, overlaps } from '../../insights/loop-blocked.ts';
import { mainThreadTasks } from '../../insights/main-thread.ts';
import type { ServerSide } from '../../insights/server-clock.ts';
import type { Facts } from '../../timeline/facts.ts';
import { duration, type Interaction as InteractionFact } from '../../timeline/input/interactions.ts';
import type { Request } from '../../timeline/network/requests.ts';
import type { LoopBlocked } from '../../timeline/server/server-trace.ts';
import type { StepWindow } from '../../timeline/marks/step-markers.ts';
import type { Task } from '../../timeline/threads/tasks.ts';
import type { ServerLoop, StepResult, TaskColumns } from '../load.ts';
import { describeFindings } from './describe-findings.ts';
import type { Interaction } from '../trace-result.ts';
import { describeInteraction } from './describe-interaction.ts';
import { describeLongTasks } from './describe-long-tasks.ts';
import { describeRequest } from './describe-request.ts';
import { requestIndex } from './request-index.ts';

/**
 * Cuts a load's facts into its steps. Steps whose edges the trace lacks are left out.
 * @param names The scenario's steps, in order.
 */
export function describeSteps(facts: Facts, names: readonly string[], causes: Causes): readonly StepResult[] {
  const { server } = causes;
  const loop = server === undefined ? unavailable('no-server-trace') : loopOf(server);
  return facts.steps.flatMap((window) => {
    const step = names[window.index];
    return step === undefined ? [] : [describeStep(facts, { step, causes, loop }, window)];
  });
}

interface StepGiven {
  readonly step: string;
  readonly causes: Causes;
  readonly loop: readonly LoopBlocked[] | NoServerLoop;
}

type NoServerLoop = Unavailable<'no-server-trace' | 'no-common-clock' | 'no-event-loop'>;

function loopOf({ about, trace }: ServerSide): StepGiven['loop'] {
  if (!about.hasLoop) return unavailable('no-event-loop');
  return trace?.blocks ?? unavailable('no-common-clock');
}

function describeStep(
  facts: Facts,
  { step, causes, loop }: StepGiven,
  { start, end, repetition }: StepWindow,
): StepResult {
  const origin = facts.start;
  const within = (time: TraceTime): boolean => time >= start && time < end;
  const tasks = [...mainThreadTasks(facts.mainFrame, facts.tasks)].filter((task) => within(task.start));
  const requests = facts.requests.filter(({ sent }) => within(sent));
  const listed = requestIndex(requests);
  return {
    step,
    repetition,
    startMs: toMs(between(origin, start)),
    endMs: toMs(between(origin, end)),
    interaction: slowestInteraction(facts, within, (slowest) =>
      describeInteraction(slowest, facts, causes, listed),
    ),
    longTasks: describeLongTasks(tasks, facts),
    requests: requests.map((request) => describeRequest(request, origin, causes)),
    serverLoop: isUnavailable(loop) ? loop : describeLoop(loop, requests, { start, end, origin }),
    ...describeFindings(
      causes.examinations,
      facts.interactions.filter((interaction) => within(interaction.start)),
      { facts, requests: listed },
    ),
    tasks: describeTasks(tasks, origin),
  };
}

function slowestInteraction(
  facts: Facts,
  within: (time: TraceTime) => boolean,
  describe: (interaction: InteractionFact) => Interaction,
): Interaction | Unavailable<'no-interactions'> {
  const own = facts.interactions.filter(({ start }) => within(start));
  const slowest = own.toSorted((a, b) => duration(b) - duration(a))[0];
  return slowest === undefined ? unavailable('no-interactions') : describe(slowest);
}

interface Span {
  readonly start: TraceTime;
  readonly end: TraceTime;
  readonly origin: TraceTime;
}

function describeLoop(
  loop: readonly LoopBlocked[],
  requests: readonly Request[],
  { start, end, origin }: Span,
): ServerLoop {
  return {
    blockedDuringRequestMs: blockedDuringRequest(loop, requests),
    blocks: loop
      .filter((block) => overlaps(block, start, end))
      .map((block) => ({
        startMs: toMs(between(origin, block.start)),
        durationMs: toMs(block.duration),
        name: block.by,
        cpuMs: block.cpu === undefined ? unavailable('not-recorded') : toMs(block.cpu),
        starved: isStarved(block),
      })),
  };
}

/** From the first request's sending until its headers arrived, or the last byte where these are not recorded. */
function blockedDuringRequest(
  loop: readonly LoopBlocked[],
  requests: readonly Request[],
): Measure<'no-request'> {
  const [first] = requests;
  const answered = first?.response?.headers ?? first?.lastByte;
  if (first === undefined || answered === undefined) return unavailable('no-request');
  return toMs(loopBlockedBetween(loop, first.sent, answered));
}

function describeTasks(tasks: readonly Task[], origin: TraceTime): TaskColumns {
  const notRecorded = -1;
  const cpuOf = (cpu: Micro | undefined): number => (cpu === undefined ? notRecorded : toMs(cpu));
  return {
    startMs: tasks.map(({ start }) => toMs(between(origin, start))),
    durationMs: tasks.map((task) => toMs(task.duration)),
    cpuMs: tasks.map(({ cpu }) => cpuOf(cpu)),
  };
}
