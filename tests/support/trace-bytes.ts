import { mainThreadTasks } from '../../src/insights/main-thread.ts';
import { type Facts, gatherFacts } from '../../src/timeline/facts.ts';
import type { CpuProfile } from '../../src/timeline/cpu/cpu-profile.ts';
import type { Task } from '../../src/timeline/threads/tasks.ts';
import type { TraceEvent } from './trace-events.ts';

const encoder = new TextEncoder();

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);

/** A trace in the array form. */
export const arrayTrace = (events: readonly TraceEvent[]): Uint8Array => bytesOf(JSON.stringify(events));

/** A trace in the object form, with other keys before or after the events. */
export const objectTrace = (
  events: readonly TraceEvent[],
  { before = {}, after = {} }: { readonly before?: TraceEvent; readonly after?: TraceEvent } = {},
): Uint8Array => bytesOf(JSON.stringify({ ...before, traceEvents: events, ...after }));

/** The bytes in chunks of one size: a chunk may end anywhere. Each is a copy, as a stream's are. */
export function* inChunks(bytes: Uint8Array, size: number): Iterable<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.slice(from, from + size);
}

/** What a trace of these events says. */
export const factsOf = (...events: readonly (TraceEvent | readonly TraceEvent[])[]): Promise<Facts> =>
  gatherFacts([objectTrace(events.flat())]);

interface Comparable extends Omit<Facts, 'tasks' | 'cpuProfiles'> {
  readonly tasks: readonly Task[];
  readonly cpuProfiles: ReadonlyMap<string, CpuProfile | undefined>;
}

/** Facts that can be compared: with the main thread's tasks and the profiles written out. */
export const comparable = (facts: Facts): Comparable => ({
  ...facts,
  tasks: mainTasks(facts),
  cpuProfiles: new Map(facts.cpuProfiles.keys.map((key) => [key, facts.cpuProfiles.get(key)])),
});

export const mainTasks = ({ mainFrame, tasks }: Facts): readonly Task[] => [
  ...mainThreadTasks(mainFrame, tasks),
];
