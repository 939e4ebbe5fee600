import type { Column } from './columns.ts';

/** A thread's events as they came. A negative duration stands for a begin (-1) or an end (-2). */
export interface ThreadColumns {
  readonly starts: Column;
  readonly durations: Column;
  /** The name's number; what is above a multiple of the number of names is not our business. */
  readonly codes: Column;
}

/** A thread's events in order of time, outer ones before those inside them. All columns have the same length. */
export interface NestedEvents {
  /** µs on the trace's clock. */
  readonly starts: Float64Array;
  /** Never after the end of the event around it: by rounding, Chrome's may be off by 1 µs. */
  readonly ends: Float64Array;
  /** As Chrome wrote it. */
  readonly durations: Float64Array;
  /** Name numbers. */
  readonly names: Uint8Array;
  /** Where the innermost event around it stands, or -1. */
  readonly parents: Int32Array;
}

/** @returns The columns in order of nesting, and which event stands where. Events without an end are left out. */
export function nested(
  columns: ThreadColumns,
  nameCount: number,
): NestedEvents & { readonly order: Uint32Array } {
  const { starts, codes } = columns;
  const lengths = pairedDurations(columns, nameCount);
  const order = inOrder(columns, lengths, nameCount);
  return {
    order,
    durations: Float64Array.from(order, (index) => lengths[index] ?? 0),
    names: Uint8Array.from(order, (index) => codes.at(index) % nameCount),
    ...within(
      Float64Array.from(order, (index) => starts.at(index)),
      order,
      lengths,
    ),
  };
}

/** Durations, those of begins found from their ends. Negative for whatever is no whole event. */
function pairedDurations({ starts, durations, codes }: ThreadColumns, nameCount: number): Float64Array {
  const lengths = Float64Array.from({ length: durations.length }, (_, index) => durations.at(index));
  const edges = Uint32Array.from(lengths.keys()).filter((index) => durations.at(index) < 0);
  // Where two stand at the same time, the order in the trace tells an empty event from two that touch.
  edges.sort((a, b) => starts.at(a) - starts.at(b) || a - b);
  const open = new Map<number, number[]>();
  for (const index of edges) {
    const name = codes.at(index) % nameCount;
    const begins = open.get(name) ?? [];
    open.set(name, begins);
    if (durations.at(index) === -1) {
      begins.push(index);
      continue;
    }
    const begin = begins.pop();
    if (begin !== undefined) lengths[begin] = starts.at(index) - starts.at(begin);
  }
  return lengths;
}

function inOrder({ starts, codes }: ThreadColumns, lengths: Float64Array, nameCount: number): Uint32Array {
  const length = (index: number): number => lengths[index] ?? 0;
  // An array's sort makes use of what is in order already, which nearly all is; a typed array's does not.
  const order = Array.from(lengths.keys())
    .filter((index) => length(index) >= 0)
    .toSorted(
      (a, b) =>
        starts.at(a) - starts.at(b) ||
        length(b) - length(a) ||
        (codes.at(a) % nameCount) - (codes.at(b) % nameCount),
    );
  return Uint32Array.from(order);
}

function within(
  starts: Float64Array,
  order: Uint32Array,
  lengths: Float64Array,
): Pick<NestedEvents, 'starts' | 'ends' | 'parents'> {
  const ends = new Float64Array(order.length);
  const parents = new Int32Array(order.length);
  const endOf = (index: number): number => ends[index] ?? Number.POSITIVE_INFINITY;
  let around = -1;
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index] ?? 0;
    while (around !== -1 && endOf(around) <= start) around = parents[around] ?? -1;
    parents[index] = around;
    ends[index] = Math.min(start + (lengths[order[index] ?? 0] ?? 0), endOf(around));
    around = index;
  }
  return { starts, ends, parents };
}
