import type { TraceTime } from '../base/units.ts';
import { at, listIn, numberIn, stringIn } from '../trace/json.ts';
import { isSane } from '../trace/numbers.ts';
import { Column } from './columns.ts';
import type { Handler } from './handler.ts';
import { IS_META, withoutMissedSamples } from './missed-samples.ts';
import { positionKey, profiledFunction, type SourcePosition } from './source-position.ts';
import { type Thread, threadKey } from './thread-key.ts';

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

/** At most one for a thread, by `threadKey`. */
export type CpuProfiles = ReadonlyMap<string, CpuProfile>;

/** A profile while its chunks come in. Parsed chunks are reduced to numbers at once: they are a tenth of a trace. */
interface Recording {
  /** What is known of the profile itself. Undefined until its `Profile` event comes. */
  start: { readonly thread: Thread; readonly ts: TraceTime; readonly source: string } | undefined;
  readonly chunks: Chunk[];
  readonly samples: Column;
  readonly deltas: Column;
  readonly nodeIds: Column;
  readonly parentIds: Column;
  readonly functionOf: Column;
  readonly functions: SourcePosition[];
  readonly functionNumbers: Map<string, number>;
}

/** One chunk's rows in the columns: its samples and its nodes. */
interface Chunk {
  readonly ts: TraceTime;
  readonly samplesFrom: number;
  readonly samplesTo: number;
  readonly nodesFrom: number;
  readonly nodesTo: number;
}

/** Rebuilds the profiles. A chunk names the thread of the sampler: it belongs to the profile with its process and id. */
export function cpuProfiles(): Handler<CpuProfiles> {
  const recordings = new Map<string, Recording>();
  return {
    watches: ['Profile', 'ProfileChunk'],
    handle(row, name) {
      const key = row.asyncKey;
      const recording = recordings.get(key) ?? emptyRecording();
      recordings.set(key, recording);
      const { pid, tid, ts } = row;
      const data = at(row.args(), 'data');
      if (name === 'ProfileChunk') takeChunk(recording, ts, data);
      else recording.start = { thread: { pid, tid }, ts, source: stringIn(data, 'source') ?? '' };
    },
    finish() {
      const profiles = new Map<string, CpuProfile>();
      for (const recording of [...recordings.values()].toSorted(byTrust)) {
        const profile = profileOf(recording);
        if (profile !== undefined && !profiles.has(threadKey(profile)))
          profiles.set(threadKey(profile), profile);
      }
      return profiles;
    },
  };
}

const emptyRecording = (): Recording => ({
  start: undefined,
  chunks: [],
  samples: new Column(),
  deltas: new Column(),
  nodeIds: new Column(),
  parentIds: new Column(),
  functionOf: new Column(),
  functions: [],
  functionNumbers: new Map(),
});

/** The recorder's own profile over the inspector's, and that over one that the page itself took; then the first. */
function byTrust(a: Recording, b: Recording): number {
  const rank = ({ start }: Recording): number =>
    ['SelfProfiling', '', 'Inspector', 'Internal'].indexOf(start?.source ?? '');
  return rank(b) - rank(a) || (a.start?.ts ?? 0) - (b.start?.ts ?? 0);
}

function takeChunk(recording: Recording, ts: TraceTime, data: unknown): void {
  const { samples, deltas, nodeIds } = recording;
  const cpuProfile = at(data, 'cpuProfile');
  const samplesFrom = samples.length;
  const nodesFrom = nodeIds.length;
  for (const node of listIn(cpuProfile, 'nodes')) takeNode(recording, node);
  // Chrome writes the times beside the profile. Some writers put them into it, as the inspector's own format has them.
  const times = at(data, 'timeDeltas') === undefined ? cpuProfile : data;
  const timeDeltas = listIn(times, 'timeDeltas');
  const ids = listIn(cpuProfile, 'samples');
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index];
    const delta = timeDeltas[index];
    // A chunk with fewer times than samples is damaged: a sample without a time says nothing.
    if (typeof id !== 'number' || typeof delta !== 'number' || !isSane(delta)) continue;
    samples.push(id);
    deltas.push(delta);
  }
  recording.chunks.push({ ts, samplesFrom, samplesTo: samples.length, nodesFrom, nodesTo: nodeIds.length });
}

function takeNode({ functionNumbers, functions, ...columns }: Recording, node: unknown): void {
  const id = numberIn(node, 'id');
  if (id === undefined) return;
  const position = profiledFunction(at(node, 'callFrame'));
  const key = positionKey(position);
  const known = functionNumbers.get(key);
  const number = known ?? functions.length;
  if (known === undefined) {
    functionNumbers.set(key, number);
    functions.push(position);
  }
  columns.nodeIds.push(id);
  columns.parentIds.push(numberIn(node, 'parent') ?? Number.NaN);
  columns.functionOf.push(number);
}

function profileOf({ start, ...recording }: Recording): CpuProfile | undefined {
  if (start === undefined || recording.samples.length === 0) return undefined;
  const chunks = recording.chunks.toSorted((a, b) => a.ts - b.ts);
  const { place, parents, functionOf, functions } = nodesOf(recording, chunks);
  const { times, samples } = samplesInOrder(recording, chunks, start.ts);
  const nameOf = (node: number): string => functions[functionOf[node] ?? -1]?.functionName ?? '';
  return {
    ...start.thread,
    times,
    ...withoutMissedSamples({ samples: Int32Array.from(samples, place), parents, nameOf }),
    parents,
    functionOf: functionOf.map((number, node) => (IS_META.has(nameOf(node)) ? -1 : number)),
    functions,
  };
}

type Nodes = Pick<CpuProfile, 'parents' | 'functionOf' | 'functions'>;

/** The nodes, and the functions in them, in the order of the chunks: a trace's events come in no particular order. */
function nodesOf(
  { nodeIds, parentIds, functionOf, functions }: Omit<Recording, 'start'>,
  chunks: readonly Chunk[],
): Nodes & { readonly place: (id: number) => number } {
  const rows = chunks.flatMap(({ nodesFrom, nodesTo }) =>
    Array.from({ length: nodesTo - nodesFrom }, (_, index) => nodesFrom + index),
  );
  const place = placesOf(rows, nodeIds);
  const used = [...new Set(rows.map((row) => functionOf.at(row)))];
  const numbers = new Map(used.map((old, number) => [old, number]));
  return {
    place,
    // A caller stands before what it calls: a damaged trace must not make a circle.
    parents: Int32Array.from(rows, (row, node) => {
      const parent = place(parentIds.at(row));
      return parent < node ? parent : -1;
    }),
    functionOf: Int32Array.from(rows, (row) => numbers.get(functionOf.at(row)) ?? -1),
    functions: used.flatMap((old) => functions[old] ?? []),
  };
}

/** Beyond these ids a table by id would be larger than what it saves. */
const LARGEST_TABLE = 2 ** 22;

/** Which node has an id: -1 for none. V8 numbers nodes from 1, so that a table nearly always does. */
function placesOf(rows: readonly number[], nodeIds: Column): (id: number) => number {
  const largest = rows.reduce((max, row) => Math.max(max, nodeIds.at(row)), 0);
  if (!(largest < LARGEST_TABLE)) {
    const places = new Map(rows.map((row, node) => [nodeIds.at(row), node]));
    return (id) => places.get(id) ?? -1;
  }
  const table = new Int32Array(largest + 1).fill(-1);
  for (let node = 0; node < rows.length; node++) table[nodeIds.at(rows[node] ?? -1)] = node;
  return (id) => table[id] ?? -1;
}

/**
 * The samples' times and node ids in order of time: deltas may be negative. They count from the profile's `ts`, since its
 * `startTime` is on another clock.
 */
function samplesInOrder(
  { samples, deltas }: Omit<Recording, 'start'>,
  chunks: readonly Chunk[],
  start: TraceTime,
): { readonly times: Float64Array; readonly samples: Float64Array } {
  const times = new Float64Array(samples.length);
  const ids = new Float64Array(samples.length);
  let count = 0;
  let time: number = start;
  let isSorted = true;
  for (const { samplesFrom, samplesTo } of chunks) {
    for (let index = samplesFrom; index < samplesTo; index++) {
      const delta = deltas.at(index);
      if (!(delta >= 0)) isSorted = false;
      time += delta;
      times[count] = time;
      ids[count++] = samples.at(index);
    }
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
