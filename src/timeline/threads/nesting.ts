import { listUnder } from '../../base/list-under.ts';
import type { Column } from '../columns.ts';

/** What stands in a column of durations for a begin or an end that was written as an event of its own. */
export const BEGIN = -1;
export const END = -2;

/** A thread's events as they came. A negative duration is `BEGIN` or `END`. */
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
  const allStarts = columns.starts.toArray();
  const allNames = Uint8Array.from(columns.codes.toArray().map((code) => code % nameCount));
  const lengths = pairedDurations(allStarts, allNames, columns.durations.toArray());
  const order = inOrder(allStarts, allNames, lengths);
  const starts = new Float64Array(order.length);
  const durations = new Float64Array(order.length);
  const names = new Uint8Array(order.length);
  for (let place = 0; place < order.length; place++) {
    const index = order[place] ?? 0;
    starts[place] = allStarts[index] ?? 0;
    durations[place] = lengths[index] ?? 0;
    names[place] = allNames[index] ?? 0;
  }
  return { order, durations, names, ...within(starts, durations) };
}

/**
 * Durations, those of begins found from their ends. Negative for whatever is no whole event.
 * @param lengths As they were written; changed in place.
 */
function pairedDurations(starts: Float64Array, names: Uint8Array, lengths: Float64Array): Float64Array {
  const edges: number[] = [];
  for (let index = 0; index < lengths.length; index++) if ((lengths[index] ?? 0) < 0) edges.push(index);
  // Where two stand at the same time, the order in the trace tells an empty event from two that touch.
  const inTurn = edges.toSorted((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || a - b);
  const open = new Map<number, number[]>();
  for (const index of inTurn) {
    const begins = listUnder(open, names[index] ?? 0);
    if (lengths[index] === BEGIN) {
      begins.push(index);
      continue;
    }
    const begin = begins.pop();
    if (begin !== undefined) lengths[begin] = (starts[index] ?? 0) - (starts[begin] ?? 0);
  }
  return lengths;
}

/** By start; of those that start together the longest first, then by name. Those of a negative length are none. */
export function inOrder(
  starts: Float64Array,
  names: Uint8Array | Uint32Array,
  lengths: Float64Array,
): Uint32Array {
  const compare = (a: number, b: number): number =>
    (starts[a] ?? 0) - (starts[b] ?? 0) ||
    (lengths[b] ?? 0) - (lengths[a] ?? 0) ||
    (names[a] ?? 0) - (names[b] ?? 0);
  const order: number[] = [];
  for (let index = 0; index < lengths.length; index++) if ((lengths[index] ?? 0) >= 0) order.push(index);
  // An array's sort makes use of what is in order already, which nearly all is; a typed array's does not.
  return Uint32Array.from(order.toSorted(compare));
}

function within(
  starts: Float64Array,
  durations: Float64Array,
): Pick<NestedEvents, 'starts' | 'ends' | 'parents'> {
  const ends = new Float64Array(starts.length);
  const parents = new Int32Array(starts.length);
  let around = -1;
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index] ?? 0;
    while (around !== -1 && (ends[around] ?? 0) <= start) around = parents[around] ?? -1;
    parents[index] = around;
    ends[index] = Math.min(start + (durations[index] ?? 0), ends[around] ?? Number.POSITIVE_INFINITY);
    around = index;
  }
  return { starts, ends, parents };
}
