import { lastWhere } from '../base/last-where.ts';
import { later, micro, type Micro, traceTime, type TraceTime } from '../base/units.ts';
import { nameNumber } from '../timeline/threads/event-names.ts';
import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/input/interactions.ts';
import type { EventsOfThread } from '../timeline/threads/thread-events.ts';
import { threadKey } from '../timeline/threads/thread.ts';
import type { Chain } from './chain.ts';
import type { DomModificationCounts } from './dom-modification-counts.ts';
import { forcedWithin } from './forced-within.ts';
import {
  type RenderingKind,
  type RenderingSlice,
  type SlicesOf,
  renderingWithin,
  workWithin,
} from './rendering-work.ts';
import type { Segment, SegmentKind } from './segments.ts';

/** What an interaction's time goes through: code on the main thread, the wait for data, and showing the result. */
export const STAGES = ['eventLoop', 'dataFetching', 'rendering'] as const;
export type Stage = (typeof STAGES)[number];

export interface StageTime {
  readonly wall: Micro;
  /** Of the main thread. Undefined where Chrome recorded no processor time. */
  readonly cpu: Micro | undefined;
}

/** How the time of one interaction divides. The stages' wall times add up to the whole. */
export interface Pipeline {
  readonly stages: Readonly<Record<Stage, StageTime>>;
  /** Undefined where there is no time to divide. */
  readonly bottleneck: Bottleneck | undefined;
  /** Undefined where no event of the interaction's thread was recorded. */
  readonly work: RenderingCost | undefined;
}

/** The stage that took longest, and what took longest in it. */
export interface Bottleneck {
  readonly stage: Stage;
  readonly segment: SegmentKind;
  readonly wall: Micro;
}

/** What showing the result cost the main thread, forced style and layout included. */
export interface RenderingCost {
  readonly times: Readonly<Record<RenderingKind, Micro>>;
  readonly layoutCount: number;
  readonly forcedReflowCount: number;
  readonly forced: Micro;
  readonly domModifications: number | undefined;
}

const STAGE_OF: Readonly<Record<SegmentKind, Stage>> = {
  inputDelay: 'eventLoop',
  handler: 'eventLoop',
  scheduled: 'eventLoop',
  callback: 'eventLoop',
  redirect: 'dataFetching',
  queueing: 'dataFetching',
  connection: 'dataFetching',
  sending: 'dataFetching',
  network: 'dataFetching',
  serverQueue: 'dataFetching',
  serverQueueOrNetwork: 'dataFetching',
  serverWork: 'dataFetching',
  waiting: 'dataFetching',
  cache: 'dataFetching',
  download: 'dataFetching',
  mainThreadBusy: 'eventLoop',
  responseHandler: 'eventLoop',
  betweenRequests: 'eventLoop',
  rendering: 'rendering',
  presentation: 'rendering',
};

type Given = Pick<Facts, 'threadEvents' | 'tasks' | 'forcedReflows'>;

/** What was made of the facts already. */
export interface PipelineGiven {
  readonly slicesOf: SlicesOf;
  readonly domModifications: DomModificationCounts;
}

/** Divides each interaction's chain among the stages. */
export function pipelines(
  chains: ReadonlyMap<Interaction, Chain>,
  { slicesOf, domModifications }: PipelineGiven,
  facts: Given,
): ReadonlyMap<Interaction, Pipeline> {
  return new Map(
    Array.from(chains, ([interaction, { segments }]) => [
      interaction,
      pipelineOf(interaction, {
        segments,
        slices: slicesOf(interaction),
        domModifications: domModifications.get(interaction),
        facts,
      }),
    ]),
  );
}

interface Course {
  readonly segments: readonly Segment[];
  readonly slices: readonly RenderingSlice[];
  readonly domModifications: number | undefined;
  readonly facts: Given;
}

function pipelineOf(interaction: Interaction, course: Course): Pipeline {
  const { segments, slices } = course;
  const wall = noTime();
  const parts: Bottleneck[] = [];
  for (const { kind, start, duration } of segments) {
    const divided = noTime();
    divide(kind, start, later(start, duration), slices, divided);
    for (const stage of STAGES) {
      wall[stage] += divided[stage];
      if (divided[stage] !== 0) parts.push({ stage, segment: kind, wall: micro(divided[stage]) });
    }
  }
  const cpu = cpuOf(interaction, course);
  const time = (stage: Stage): StageTime => ({
    wall: micro(wall[stage]),
    cpu: cpu === undefined ? undefined : micro(cpu[stage]),
  });
  return {
    stages: {
      eventLoop: time('eventLoop'),
      dataFetching: time('dataFetching'),
      rendering: time('rendering'),
    },
    bottleneck: bottleneckOf(wall, parts),
    work: costOf(interaction, course),
  };
}

type Times = Record<Stage, number>;
const noTime = (): Times => ({ eventLoop: 0, dataFetching: 0, rendering: 0 });

/**
 * Style and layout that a script forces, and frames that come in its way, are rendering, whatever was waited for.
 * @param times Where the stretch's time is added.
 */
function divide(
  kind: SegmentKind,
  start: TraceTime,
  end: TraceTime,
  slices: readonly RenderingSlice[],
  times: Times,
): void {
  const stage = STAGE_OF[kind];
  const rendered = stage === 'eventLoop' ? workWithin(slices, start, end) : 0;
  times[stage] += end - start - rendered;
  times.rendering += rendered;
}

function bottleneckOf(wall: Times, parts: readonly Bottleneck[]): Bottleneck | undefined {
  const stage = STAGES.toSorted((a, b) => wall[b] - wall[a])[0];
  if (stage === undefined || wall[stage] <= 0) return undefined;
  const bySegment = Map.groupBy(
    parts.filter((part) => part.stage === stage),
    ({ segment }) => segment,
  );
  const totals = Array.from(bySegment, ([segment, own]) => ({
    stage,
    segment,
    wall: micro(own.reduce((sum, part) => sum + part.wall, 0)),
  }));
  return totals.toSorted((a, b) => b.wall - a.wall)[0];
}

/**
 * Chrome tells the processor time of whole tasks only. Each task's goes to the stages in it by their share of its wall time;
 * what waits for a synchronous request takes none, as long as there is anything else in the task.
 * @returns Undefined where no processor time was recorded, or no task: an interaction is handled in one.
 */
function cpuOf(interaction: Interaction, { segments, slices, facts }: Course): Times | undefined {
  const [first] = segments;
  const last = segments.at(-1);
  const cpu = noTime();
  if (first === undefined || last === undefined) return cpu;
  const wall = noTime();
  let isRecorded = true;
  let count = 0;
  const end = later(last.start, last.duration);
  facts.tasks.visitWithin(interaction, first.start, end, (start, duration, taskCpu) => {
    count++;
    if (taskCpu === undefined) isRecorded = false;
    if (taskCpu === undefined || !isRecorded) return;
    wall.eventLoop = wall.dataFetching = wall.rendering = 0;
    const taskEnd = later(start, duration);
    for (const segment of segments) {
      const from = traceTime(Math.max(segment.start, start));
      const to = traceTime(Math.min(later(segment.start, segment.duration), taskEnd));
      if (to > from) divide(segment.kind, from, to, slices, wall);
    }
    const working = duration - wall.dataFetching;
    const share = working > 0 ? Math.min(1, taskCpu / working) : 0;
    cpu.eventLoop += wall.eventLoop * share;
    cpu.rendering += wall.rendering * share;
    cpu.dataFetching += Math.min(wall.dataFetching, Math.max(0, taskCpu - working));
  });
  return isRecorded && count > 0 ? cpu : undefined;
}

function costOf(
  interaction: Interaction,
  { segments, slices, facts, domModifications }: Course,
): RenderingCost | undefined {
  const events = facts.threadEvents.get(threadKey(interaction));
  const [first] = segments;
  const last = segments.at(-1);
  if (events === undefined || first === undefined || last === undefined) return undefined;
  const end = later(last.start, last.duration);
  const forced = forcedWithin(facts.forcedReflows, interaction, first.start, end);
  return {
    times: renderingWithin(slices, first.start, end),
    layoutCount: countWithin(events, nameNumber('Layout'), first.start, end),
    forcedReflowCount: forced.length,
    forced: micro(forced.filter(({ isInner }) => !isInner).reduce((sum, { duration }) => sum + duration, 0)),
    domModifications,
  };
}

function countWithin(
  { names, starts }: EventsOfThread,
  name: number,
  start: TraceTime,
  end: TraceTime,
): number {
  let count = 0;
  const first = lastWhere(starts.length, (index) => (starts[index] ?? Infinity) < start) + 1;
  for (let index = first; index < starts.length && (starts[index] ?? Infinity) < end; index++) {
    if (names[index] === name) count++;
  }
  return count;
}
