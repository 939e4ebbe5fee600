import type { TraceTime } from '../../base/units.ts';
import { stringIn } from '../../trace/json.ts';
import type { Column } from '../columns.ts';
import type { Handler } from '../handler.ts';
import { type Thread, threadKey } from '../threads/thread.ts';
import { KeptBytes } from './kept-bytes.ts';
import { IS_META, withoutMissedSamples } from './missed-samples.ts';
import { type ProfileChunk, type ProfileRows, rowsOf } from './profile-chunks.ts';
import type { SourcePosition } from '../source-position.ts';

/** What a thread's JavaScript was doing at moments some 100 to 1000 µs apart. */
export interface CpuProfile extends Thread {
  /** When each sample was taken, µs on the trace's clock, in order. */
  readonly times: Float64Array;
  /** By sample: the node of the innermost function. */
  readonly samples: Int32Array;
  /** By sample: 1 where the garbage collector ran on top of it. */
  readonly collecting: Uint8Array;
  /** By node: the caller's node, or -1. */
  readonly parents: Int32Array;
  /** By node: which of `functions`, or -1 for the root, (program) and (idle). */
  readonly functionOf: Int32Array;
  readonly functions: readonly SourcePosition[];
}

/** At most one for a thread, by `threadKey`; made when it is first asked for, since most threads' are never looked at. */
export interface CpuProfiles {
  /** The threads of which one was begun. */
  readonly keys: readonly string[];
  get(key: string): CpuProfile | undefined;
}

/** A profile while its chunks come in. */
interface Recording {
  /** What is known of the profile itself. Undefined until its `Profile` event comes. */
  start: Start | undefined;
  readonly chunks: ProfileChunk[];
}

interface Start {
  readonly thread: Thread;
  readonly ts: TraceTime;
  readonly source: string;
}

interface Started extends Pick<Recording, 'chunks'> {
  readonly start: Start;
}

/**
 * Rebuilds the profiles. A chunk names the thread of the sampler: it belongs to the profile with its process and id. Chunks
 * are a tenth of a trace, and are kept as they are, which takes no more room than their numbers would.
 */
export function cpuProfiles(): Handler<CpuProfiles> {
  const recordings = new Map<string, Recording>();
  const bytes = new KeptBytes();
  return {
    watches: ['Profile', 'ProfileChunk'],
    handle(row, name) {
      const key = row.asyncKey;
      const recording = recordings.get(key) ?? { start: undefined, chunks: [] };
      recordings.set(key, recording);
      const { pid, tid, ts } = row;
      if (name === 'ProfileChunk') recording.chunks.push({ ts, args: bytes.keep(row.argsBytes()) });
      else
        recording.start = {
          thread: { pid, tid },
          ts,
          source: stringIn(row.args(), 'data', 'source') ?? '',
        };
    },
    finish: () => madeWhenAsked([...recordings.values()]),
  };
}

function madeWhenAsked(recordings: readonly Recording[]): CpuProfiles {
  const started = recordings
    .flatMap(({ start, chunks }): readonly Started[] => (start === undefined ? [] : [{ start, chunks }]))
    .toSorted(byTrust);
  const ofThread = Map.groupBy(started, ({ start }) => threadKey(start.thread));
  const made = new Map<string, CpuProfile | undefined>();
  const make = (key: string): CpuProfile | undefined => {
    for (const recording of ofThread.get(key) ?? []) {
      const profile = profileOf(recording);
      if (profile !== undefined) return profile;
    }
    return undefined;
  };
  return {
    keys: [...ofThread.keys()],
    get(key) {
      if (!made.has(key)) made.set(key, make(key));
      return made.get(key);
    },
  };
}

/** The recorder's own profile over the inspector's, and that over one that the page itself took; then the first. */
function byTrust(a: Started, b: Started): number {
  const rank = ({ start }: Started): number =>
    ['SelfProfiling', '', 'Inspector', 'Internal'].indexOf(start.source);
  return rank(b) - rank(a) || a.start.ts - b.start.ts;
}

function profileOf({ start, chunks }: Started): CpuProfile | undefined {
  const rows = rowsOf(chunks);
  if (rows.samples.length === 0) return undefined;
  const { functions } = rows;
  const { place, parents, functionOf } = nodesOf(rows);
  const { times, samples } = samplesInOrder(rows, start.ts);
  const nameOf = (node: number): string => functions[functionOf[node] ?? -1]?.functionName ?? '';
  const nodes = new Int32Array(samples.length);
  for (let index = 0; index < samples.length; index++) nodes[index] = place(samples[index] ?? -1);
  return {
    ...start.thread,
    times,
    ...withoutMissedSamples({ samples: nodes, parents, nameOf }),
    parents,
    functionOf: functionOf.map((number, node) => (IS_META.has(nameOf(node)) ? -1 : number)),
    functions,
  };
}

interface Nodes extends Pick<CpuProfile, 'parents' | 'functionOf'> {
  /** Which node has an id: -1 for none. */
  readonly place: (id: number) => number;
}

function nodesOf({ nodeIds, parentIds, functionOf }: ProfileRows): Nodes {
  const place = placesOf(nodeIds);
  const parents = new Int32Array(nodeIds.length);
  for (let node = 0; node < parents.length; node++) {
    const parent = place(parentIds.at(node));
    // A caller stands before what it calls: a damaged trace must not make a circle.
    parents[node] = parent < node ? parent : -1;
  }
  return { place, parents, functionOf: Int32Array.from(functionOf.toArray()) };
}

/** Beyond these ids a table by id would be larger than what it saves. */
const LARGEST_TABLE = 2 ** 22;

/** V8 numbers nodes from 1, so that a table nearly always does. */
function placesOf(nodeIds: Column): (id: number) => number {
  const ids = nodeIds.toArray();
  const largest = ids.reduce((max, id) => Math.max(max, id), 0);
  if (!(largest < LARGEST_TABLE)) {
    const places = new Map(Array.from(ids, (id, node) => [id, node]));
    return (id) => places.get(id) ?? -1;
  }
  const table = new Int32Array(largest + 1).fill(-1);
  for (let node = 0; node < ids.length; node++) table[ids[node] ?? -1] = node;
  return (id) => table[id] ?? -1;
}

/**
 * The samples' times and node ids in order of time: deltas may be negative. They count from the profile's `ts`, since its
 * `startTime` is on another clock.
 */
function samplesInOrder(
  { samples, deltas }: ProfileRows,
  start: TraceTime,
): { readonly times: Float64Array; readonly samples: Float64Array } {
  const times = deltas.toArray();
  const ids = samples.toArray();
  let time: number = start;
  let isSorted = true;
  for (let index = 0; index < times.length; index++) {
    const delta = times[index] ?? 0;
    if (!(delta >= 0)) isSorted = false;
    time += delta;
    times[index] = time;
  }
  if (isSorted || moveBack(times, ids)) return { times, samples: ids };
  const order = Uint32Array.from(times.keys()).toSorted((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  return {
    times: Float64Array.from(order, (index) => times[index] ?? 0),
    samples: Float64Array.from(order, (index) => ids[index] ?? -1),
  };
}

/** How far, on average, a sample may have to move: far more than Chrome makes it, and never so far as to take long. */
const MOST_STEPS = 16;

/**
 * Puts samples in order in place, each moved back to where it belongs: nearly all stand there already.
 * @returns False where that would take too long. Those at the same time keep their order even then.
 */
function moveBack(times: Float64Array, ids: Float64Array): boolean {
  let steps = 0;
  for (let index = 1; index < times.length; index++) {
    const time = times[index] ?? 0;
    if (!(time < (times[index - 1] ?? 0))) continue;
    let to = index;
    while (to > 0 && (times[to - 1] ?? 0) > time) to--;
    steps += index - to;
    if (steps > times.length * MOST_STEPS) return false;
    const id = ids[index] ?? -1;
    times.copyWithin(to + 1, to, index);
    ids.copyWithin(to + 1, to, index);
    times[to] = time;
    ids[to] = id;
  }
  return true;
}
