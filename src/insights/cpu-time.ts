import { lastWhere } from '../base/last-where.ts';
import { type Micro, micro } from '../base/units.ts';
import { addThread } from '../timeline/cpu/add-thread.ts';
import { type CallFrame, type CallTree, CallTreeBuilder } from '../timeline/cpu/call-tree.ts';
import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/input/interactions.ts';
import type { Slices } from '../timeline/cpu/thread-sweep.ts';
import type { Span } from '../timeline/span.ts';
import { threadKey } from '../timeline/threads/thread.ts';
import { timeSpent, type TimeSpent } from './time-spent.ts';

/** Where the page's main threads spent their time, as far as the CPU's profile and the events tell. */
export interface CpuTime {
  /** All time in tasks: what the self times add up to. */
  readonly total: Micro;
  readonly sampleCount: number;
  readonly frames: readonly TimeSpent<CallFrame>[];
  /** By the address of the script. */
  readonly urls: readonly TimeSpent<string>[];
  readonly interactions: readonly InteractionCpuTime[];
}

export interface InteractionCpuTime {
  readonly interaction: Interaction;
  readonly inputDelay: PhaseCpuTime;
  readonly processing: PhaseCpuTime;
  readonly presentation: PhaseCpuTime;
}

/** What the main thread did in one part of an interaction. */
export interface PhaseCpuTime {
  /** How long it did anything at all. */
  readonly busy: Micro;
  readonly frames: readonly TimeSpent<CallFrame>[];
}

type Needs = Pick<Facts, 'mainFrame' | 'tasks' | 'threadEvents' | 'cpuProfiles' | 'interactions'>;

/** Undefined where no CPU profile of the page's main threads was recorded. */
export function cpuTime({
  mainFrame,
  tasks,
  threadEvents,
  cpuProfiles,
  interactions,
}: Needs): CpuTime | undefined {
  const threads = mainFrame?.threads ?? [];
  if (threads.every((thread) => cpuProfiles.get(threadKey(thread)) === undefined)) return undefined;
  const builder = new CallTreeBuilder();
  const swept = threads.map((thread) => {
    const profile = cpuProfiles.get(threadKey(thread));
    const events = threadEvents.get(threadKey(thread));
    const own = interactions.filter(({ pid }) => pid === thread.pid);
    const slices = addThread(builder, { tasks: tasks.outermostOf(thread), events, profile }, own);
    return { own, slices, sampleCount: profile?.samples.length ?? 0 };
  });
  const { tree } = builder;
  return {
    total: tree.total,
    sampleCount: swept.reduce((sum, { sampleCount }) => sum + sampleCount, 0),
    frames: timeSpent(tree, tree.selfTimes, (frame) => frame),
    urls: timeSpent(tree, tree.selfTimes, urlOf),
    interactions: swept
      .flatMap(({ own, slices }) => own.map((interaction) => partsOf(interaction, slices, tree)))
      .toSorted((a, b) => a.interaction.start - b.interaction.start),
  };
}

const urlOf = (frame: CallFrame): string | undefined =>
  frame.kind === 'function' && frame.position.url !== '' ? frame.position.url : undefined;

function partsOf(interaction: Interaction, slices: Slices, tree: CallTree): InteractionCpuTime {
  const { start, processingStart, processingEnd, end } = interaction;
  const part = (span: Span): PhaseCpuTime => {
    const times = timesWithin(span, slices);
    return {
      busy: micro([...times.values()].reduce((sum, time) => sum + time, 0)),
      frames: timeSpent(tree, times, (frame) => frame),
    };
  };
  return {
    interaction,
    inputDelay: part({ start, end: processingStart }),
    processing: part({ start: processingStart, end: processingEnd }),
    presentation: part({ start: processingEnd, end }),
  };
}

/** By node: how long the thread was at it between two moments. */
function timesWithin({ start, end }: Span, { starts, ends, nodes }: Slices): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  const first = lastWhere(ends.length, (index) => ends.at(index) <= start) + 1;
  for (let index = first; index < ends.length && starts.at(index) < end; index++) {
    const time = Math.min(ends.at(index), end) - Math.max(starts.at(index), start);
    const node = nodes.at(index);
    times.set(node, (times.get(node) ?? 0) + time);
  }
  return times;
}
