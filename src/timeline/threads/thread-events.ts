import { argPath } from '../../trace/arg-paths.ts';
import type { Row } from '../../trace/row.ts';
import { SPAN_DURATION, SPAN_NAME, SPAN_PID, SPAN_SIZE, SPAN_TID, SPAN_TS } from '../../trace/spans.ts';
import { Column } from '../columns.ts';
import { EVENT_NAMES, type EventName, nameNumber } from './event-names.ts';
import type { Handler } from '../handler.ts';
import { BEGIN, END, nested, type NestedEvents, type ThreadColumns } from './nesting.ts';
import { beginDataStackTop, calledFunction, type SourcePosition } from '../source-position.ts';
import { ThreadMap } from './thread-map.ts';
import { type Thread, threadKey } from './thread.ts';

/** What an event's arguments say, where anybody asks. */
export interface EventDetail {
  /** Of a `Layout` or `UpdateLayoutTree`: the frame that it was for. */
  readonly frame: string;
  /** The function that is called, or the line that forced layout. Undefined where none was recorded. */
  readonly position: SourcePosition | undefined;
}

/** The events of one thread, nested. */
export interface EventsOfThread extends Thread, NestedEvents {
  /** Of some events, by their place in the columns. */
  readonly details: readonly (EventDetail | undefined)[];
}

/** By `threadKey`. */
export type ThreadEvents = ReadonlyMap<string, EventsOfThread>;

interface Kept extends Thread, ThreadColumns {
  readonly details: EventDetail[];
}

/** Gathers, by thread, what JavaScript, style, layout and paint did when: 24 bytes an event while reading. */
export function threadEvents(): Handler<ThreadEvents> {
  const threads = new ThreadMap(emptyColumns);
  const numberOf = new Map<string, number>(EVENT_NAMES.map((name, number) => [name, number]));
  return {
    watches: EVENT_NAMES,
    spans: {
      names: PLAIN_NAMES,
      handle({ numbers, count }, places) {
        for (let from = 0; from < count * SPAN_SIZE; from += SPAN_SIZE) {
          const place = places[numbers[from + SPAN_NAME] ?? 0] ?? -1;
          const duration = numbers[from + SPAN_DURATION] ?? Number.NaN;
          if (place === -1 || !(duration >= 0)) continue;
          const kept = threads.of(numbers[from + SPAN_PID] ?? 0, numbers[from + SPAN_TID] ?? 0);
          kept.starts.push(numbers[from + SPAN_TS] ?? 0);
          kept.durations.push(duration);
          kept.codes.push(PLAIN_NUMBERS[place] ?? 0);
        }
      },
    },
    handle(row, name) {
      const number = numberOf.get(name);
      const duration = durationOf(row);
      if (number === undefined || duration === undefined) return;
      const kept = threads.of(row.pid, row.tid);
      const detail = duration === END ? undefined : detailOf(row, number);
      if (detail !== undefined) kept.details.push(detail);
      kept.starts.push(row.ts);
      kept.durations.push(duration);
      kept.codes.push(number + EVENT_NAMES.length * (detail === undefined ? 0 : kept.details.length));
    },
    finish: () => new Map(Array.from(threads.values(), (kept) => [threadKey(kept), eventsOf(kept)])),
  };
}

const emptyColumns = (pid: number, tid: number): Kept => ({
  pid,
  tid,
  starts: new Column(),
  durations: new Column(),
  codes: new Column(),
  details: [],
});

function durationOf(row: Row): number | undefined {
  const { phase } = row;
  if (phase === 'B') return BEGIN;
  if (phase === 'E') return END;
  const { duration } = row;
  return phase === 'X' && duration >= 0 ? duration : undefined;
}

const CALLS: ReadonlySet<number> = numbersOf('FunctionCall', 'EvaluateScript');
const LAYOUTS: ReadonlySet<number> = numbersOf('Layout', 'UpdateLayoutTree');

/** Those of whose arguments nothing is kept. */
const PLAIN_NAMES = EVENT_NAMES.filter((_, number) => !CALLS.has(number) && !LAYOUTS.has(number));
const PLAIN_NUMBERS = PLAIN_NAMES.map(nameNumber);

function numbersOf(...names: readonly EventName[]): ReadonlySet<number> {
  return new Set(names.map(nameNumber));
}

const FRAME = argPath('beginData.frame');

function detailOf(row: Row, number: number): EventDetail | undefined {
  if (CALLS.has(number)) {
    const position = calledFunction(row);
    return position && { frame: '', position };
  }
  if (!LAYOUTS.has(number)) return undefined;
  return { frame: row.argText(FRAME) ?? '', position: beginDataStackTop(row) };
}

function eventsOf({ pid, tid, details, ...columns }: Kept): EventsOfThread {
  const { order, ...events } = nested(columns, EVENT_NAMES.length);
  const detailAt = (index: number): EventDetail | undefined =>
    details[Math.floor(columns.codes.at(index) / EVENT_NAMES.length) - 1];
  return { pid, tid, ...events, details: Array.from(order, detailAt) };
}
