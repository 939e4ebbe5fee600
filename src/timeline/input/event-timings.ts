import { listUnder } from '../../base/list-under.ts';
import { traceTime, type TraceTime } from '../../base/units.ts';
import { argPath } from '../../trace/arg-paths.ts';
import type { Row } from '../../trace/row.ts';
import type { Handler } from '../handler.ts';

/** One event that Chrome timed for the Event Timing API, interaction or not. https://www.w3.org/TR/event-timing/ */
export interface EventTiming {
  readonly pid: number;
  /** The thread that handled it: its frame's main thread. */
  readonly tid: number;
  readonly frame: string;
  /** `click`, `keydown`, … */
  readonly type: string;
  /** 0 where the event belongs to no interaction: hovering, for example. */
  readonly interactionId: number;
  /** When the event was created. */
  readonly start: TraceTime;
  /** When the frame that shows its effect was presented. */
  readonly end: TraceTime;
  readonly processingStart: TraceTime;
  readonly processingEnd: TraceTime;
  /** What was clicked or typed into. 0 where Chrome does not say. */
  readonly nodeId: number;
  /** Whether Chrome wrote when it was handled in whole milliseconds, as it did until about 131. */
  readonly hasWholeMilliseconds: boolean;
}

/** What Chrome timed. */
export interface EventTimings {
  readonly timings: readonly EventTiming[];
  /** Events of interactions that never ended: the trace stopped, or lost their ends. */
  readonly unfinished: readonly UnfinishedEvent[];
}

export type UnfinishedEvent = Pick<EventTiming, 'pid' | 'frame' | 'interactionId'>;

/** What a begin says. Many carry no data at all: they count in the pairing all the same. */
interface Begin {
  readonly ts: TraceTime;
  readonly pid: number;
  readonly tid: number;
  readonly frame: string;
  readonly type: string | undefined;
  readonly interactionId: number;
  readonly nodeId: number;
  /** In milliseconds, as Chrome writes them. */
  readonly timeStamp: number | undefined;
  readonly processingStart: number | undefined;
  readonly processingEnd: number | undefined;
}

const FRAME = argPath('frame');
const DATA_FRAME = argPath('data.frame');
const TYPE = argPath('data.type');
const INTERACTION_ID = argPath('data.interactionId');
const NODE_ID = argPath('data.nodeId');
const TIME_STAMP = argPath('data.timeStamp');
const PROCESSING_START = argPath('data.processingStart');
const PROCESSING_END = argPath('data.processingEnd');

interface Edge {
  readonly ts: TraceTime;
  readonly key: string;
  /** Undefined for an end. */
  readonly begin: Begin | undefined;
}

/**
 * Pairs the begins and ends of `EventTiming`: ids are reused, so that an end belongs to the latest open begin with its
 * process, category, scope and id. All events take part, or an end without an interaction would close the wrong begin.
 */
export function eventTimings(): Handler<EventTimings> {
  const edges: Edge[] = [];
  const timings: EventTiming[] = [];
  return {
    watches: ['EventTiming'],
    handle(row) {
      const { phase, ts } = row;
      if (phase === 'b') edges.push({ ts, key: row.asyncKey, begin: beginOf(row) });
      else if (phase === 'e') edges.push({ ts, key: row.asyncKey, begin: undefined });
      // Chrome of 2018 wrote complete events.
      else if (phase === 'X' && row.duration >= 0) keep(timings, beginOf(row), traceTime(ts + row.duration));
    },
    finish() {
      const open = new Map<string, Begin[]>();
      for (const { ts, key, begin } of edges.toSorted((a, b) => a.ts - b.ts)) {
        if (begin === undefined) keep(timings, open.get(key)?.pop(), ts);
        else listUnder(open, key).push(begin);
      }
      return {
        timings: timings.toSorted((a, b) => a.start - b.start),
        unfinished: [...open.values()].flat().flatMap(unfinishedOf),
      };
    },
  };
}

function beginOf(row: Row): Begin {
  // Before May 2022 the frame stood beside the data.
  const frame = row.argText(row.hasArg(DATA_FRAME) ? DATA_FRAME : FRAME);
  return {
    ts: row.ts,
    pid: row.pid,
    tid: row.tid,
    frame: frame ?? '',
    type: row.argText(TYPE),
    interactionId: row.argNumber(INTERACTION_ID) ?? 0,
    nodeId: row.argNumber(NODE_ID) ?? 0,
    timeStamp: row.argNumber(TIME_STAMP),
    processingStart: row.argNumber(PROCESSING_START),
    processingEnd: row.argNumber(PROCESSING_END),
  };
}

function keep(timings: EventTiming[], begin: Begin | undefined, end: TraceTime): void {
  const timing = begin && timingOf(begin, end);
  if (timing !== undefined) timings.push(timing);
}

const unfinishedOf = ({ pid, frame, interactionId }: Begin): readonly UnfinishedEvent[] =>
  interactionId === 0 ? [] : [{ pid, frame, interactionId }];

function timingOf(begin: Begin, end: TraceTime): EventTiming | undefined {
  const { ts, pid, tid, frame, type, interactionId, nodeId } = begin;
  const { timeStamp, processingStart, processingEnd } = begin;
  if (type === undefined || timeStamp === undefined || processingStart === undefined) return undefined;
  if (processingEnd === undefined) return undefined;
  // `timeStamp` is `ts` in milliseconds since the frame's time origin: it carries the others over to the trace's clock.
  const onTraceClock = (ms: number): TraceTime => traceTime(ts + (ms - timeStamp) * 1000);
  return {
    pid,
    tid,
    frame,
    type,
    interactionId,
    start: ts,
    end,
    processingStart: onTraceClock(processingStart),
    processingEnd: onTraceClock(processingEnd),
    nodeId,
    hasWholeMilliseconds: Number.isInteger(processingStart) && Number.isInteger(processingEnd),
  };
}
