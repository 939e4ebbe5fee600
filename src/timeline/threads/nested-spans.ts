import type { Column } from '../columns.ts';
import { BEGIN, inOrder } from './nesting.ts';

/** Spans in order of time, outer ones before those inside them. */
export interface SpanColumns {
  /** µs on the trace's clock. */
  readonly starts: Float64Array;
  /** Never after the end of the span around it. */
  readonly ends: Float64Array;
  /** Time on the processor, µs. `NaN` where not recorded. */
  readonly cpus: Float64Array;
  /** Name numbers. */
  readonly names: Uint32Array;
}

/** Numbers that mean something here. */
interface Known {
  /**
   * Events with a number below it are tasks, which follow each other: one is never cut to what is around it, rather that
   * ended where the task began.
   */
  readonly taskNames: number;
  /** Of events without a name: ends belong to the begin before them, begins are left out. */
  readonly nameless: number;
}

/** A thread's events as they came. A negative duration is `BEGIN` or `END`. */
export interface RawColumns {
  readonly starts: Column;
  readonly durations: Column;
  readonly cpus: Column;
  readonly names: Column;
}

/** @returns The columns in order of nesting, and which event stands where. Events without an end are left out. */
export function nestedSpans(
  raw: RawColumns,
  { taskNames, nameless }: Known,
): SpanColumns & { readonly order: Uint32Array } {
  const allStarts = raw.starts.toArray();
  const allNames = Uint32Array.from(raw.names.toArray());
  const lengths = pairedLengths(allStarts, allNames, { lengths: raw.durations.toArray(), nameless });
  const order = inOrder(allStarts, allNames, lengths);
  const starts = new Float64Array(order.length);
  const ends = new Float64Array(order.length);
  const cpus = new Float64Array(order.length);
  const names = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) {
    const index = order[place] ?? 0;
    starts[place] = allStarts[index] ?? 0;
    ends[place] = (allStarts[index] ?? 0) + (lengths[index] ?? 0);
    cpus[place] = raw.cpus.at(index);
    names[place] = allNames[index] ?? 0;
  }
  fitInto({ starts, ends, names }, taskNames);
  return { order, starts, ends, cpus, names };
}

/** Durations, those of begins found from their ends. Negative for whatever is no whole event. Changes `lengths`. */
function pairedLengths(
  starts: Float64Array,
  names: Uint32Array,
  { lengths, nameless }: { readonly lengths: Float64Array; readonly nameless: number },
): Float64Array {
  const edges: number[] = [];
  for (let index = 0; index < lengths.length; index++) if ((lengths[index] ?? 0) < 0) edges.push(index);
  const open: number[] = [];
  // Where two stand at the same time, the order in the trace tells an empty event from two that touch.
  for (const index of edges.toSorted((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || a - b)) {
    if (lengths[index] === BEGIN) {
      open.push(index);
      continue;
    }
    // A writer may leave the name out of an end, as the format allows: it then belongs to the begin before it.
    const name = names[index];
    const own = name === nameless ? open.length - 1 : open.findLastIndex((begin) => names[begin] === name);
    const [begin] = open.splice(own, own === -1 ? 0 : 1);
    if (begin !== undefined && names[begin] !== nameless)
      lengths[begin] = (starts[index] ?? 0) - (starts[begin] ?? 0);
  }
  return lengths;
}

/** Cuts each span to the one around it: by rounding, Chrome's may end 1 µs later. Changes `ends`. */
function fitInto(
  { starts, ends, names }: Pick<SpanColumns, 'starts' | 'ends' | 'names'>,
  taskNames: number,
): void {
  const around: number[] = [];
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index] ?? 0;
    const end = ends[index] ?? 0;
    const isTask = (names[index] ?? 0) < taskNames;
    for (let outer = around.at(-1); outer !== undefined; outer = around.at(-1)) {
      const outerEnd = ends[outer] ?? 0;
      if (outerEnd > start && !(isTask && outerEnd < end - 1)) break;
      ends[outer] = Math.min(outerEnd, start);
      around.pop();
    }
    const outer = around.at(-1);
    if (outer !== undefined) ends[index] = Math.min(end, ends[outer] ?? end);
    around.push(index);
  }
}
