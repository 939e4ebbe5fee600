import { TextTable } from '../../trace/text-table.ts';
import { stringIn } from '../../trace/json.ts';
import type { Row } from '../../trace/row.ts';
import { Column } from '../columns.ts';
import { EVENT_NAMES } from './event-names.ts';
import type { EveryRow } from '../handler.ts';
import { nestedSpans, type SpanColumns } from './nested-spans.ts';
import { calledFunction, type SourcePosition } from '../source-position.ts';
import { BEGIN, END } from './nesting.ts';
import { TASK_NAMES } from './tasks.ts';
import { ThreadMap } from './thread-map.ts';
import { type UserTiming, userTimings } from '../marks/user-timings.ts';
import type { Thread } from './thread.ts';

/** All that the threads of a trace did, whether anybody knows the events' names or not. */
export interface EverySpan {
  /** In the order in which the trace first speaks of them. */
  readonly threads: readonly SpansOfThread[];
  /** What the events are called, by name number. */
  readonly names: readonly string[];
  readonly userTimings: readonly UserTiming[];
}

/** The events of one thread in order of time, outer ones before those inside them. All columns have the same length. */
export interface SpansOfThread extends Thread, SpanColumns {
  /** As the trace calls it. Empty where it does not. */
  readonly name: string;
  readonly processName: string;
  /** By place in the columns: the function that is called, or the type of the event that is dispatched. */
  readonly positions: ReadonlyMap<number, SourcePosition>;
}

interface Kept extends Thread {
  readonly starts: Column;
  readonly durations: Column;
  readonly cpus: Column;
  readonly names: Column;
  readonly positions: Map<number, SourcePosition>;
}

/** Gathers all events that last, by thread: 32 bytes each while reading. */
export function everySpan(): EveryRow<EverySpan> {
  const names = new TextTable();
  // Of two events with the same bounds that with the smaller number is the outer one.
  for (const name of [...TASK_NAMES, ...EVENT_NAMES]) numberOf(names, name);
  const nameless = names.numberOf(NO_NAME);
  const threads = new ThreadMap(nothingKept);
  const threadNames = new ThreadMap(() => ({ name: '' }));
  const processNames = new Map<number, string>();
  const timings = userTimings();

  const takeName = (row: Row): void => {
    const name = stringIn(row.args(), 'name');
    const about = names.texts[names.numberOf(row.nameBytes())];
    if (name === undefined) return;
    if (about === 'thread_name') {
      threadNames.of(row.pid, row.tid).name = name;
      // Of which there may be nothing but a profile's samples.
      threads.of(row.pid, row.tid);
    } else if (about === 'process_name') processNames.set(row.pid, name);
  };

  const takeSpan = (row: Row, duration: number): void => {
    const kept = threads.of(row.pid, row.tid);
    const number = names.numberOf(row.nameBytes());
    // An end may do without a name; whatever lasts says nothing without.
    if (number === nameless && duration >= 0) return;
    const name = names.texts[number] ?? '';
    const position = duration === END ? undefined : positionOf(row, name);
    if (position !== undefined) kept.positions.set(kept.starts.length, position);
    kept.starts.push(row.ts);
    kept.durations.push(duration);
    kept.cpus.push(row.cpu);
    kept.names.push(duration === END && name === '' ? nameless : number);
  };

  return {
    handle(row) {
      const { phase } = row;
      if (phase === 'X') {
        const { duration } = row;
        if (duration >= 0) takeSpan(row, duration);
      } else if (phase === 'B') takeSpan(row, BEGIN);
      else if (phase === 'E') takeSpan(row, END);
      else if (phase === 'M') takeName(row);
      else timings.handle(row);
    },
    finish: () => ({
      names: names.texts,
      userTimings: timings.finish(),
      threads: Array.from(threads.values(), (kept) =>
        spansOf(kept, nameless, {
          name: threadNames.get(kept.pid, kept.tid)?.name ?? '',
          processName: processNames.get(kept.pid) ?? '',
        }),
      ),
    }),
  };
}

const NO_NAME = new Uint8Array(0);
const encoder = new TextEncoder();

const numberOf = (names: TextTable, name: string): number =>
  names.numberOf(encoder.encode(JSON.stringify(name)));

const nothingKept = (pid: number, tid: number): Kept => ({
  pid,
  tid,
  starts: new Column(),
  durations: new Column(),
  cpus: new Column(),
  names: new Column(),
  positions: new Map(),
});

function positionOf(row: Row, name: string): SourcePosition | undefined {
  if (name === 'FunctionCall' || name === 'EvaluateScript') return calledFunction(row);
  if (name !== 'EventDispatch') return undefined;
  const type = stringIn(row.args(), 'data', 'type');
  return type === undefined ? undefined : { url: '', functionName: type, line: undefined, column: undefined };
}

function spansOf(
  { pid, tid, positions, ...columns }: Kept,
  nameless: number,
  named: Pick<SpansOfThread, 'name' | 'processName'>,
): SpansOfThread {
  const { order, ...spans } = nestedSpans(columns, { taskNames: TASK_NAMES.length, nameless });
  const moved = new Map<number, SourcePosition>();
  if (positions.size > 0) {
    for (const [place, index] of order.entries()) {
      const position = positions.get(index);
      if (position !== undefined) moved.set(place, position);
    }
  }
  return { pid, tid, ...named, ...spans, positions: moved };
}
