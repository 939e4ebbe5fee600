import { micro, type Micro, traceTime, type TraceTime } from '../base/units.ts';
import { at, numberIn, stringIn } from '../trace/json.ts';
import type { Row } from '../trace/row.ts';
import type { Handler } from './handler.ts';

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
  /** What a RUM tool would be given: since about Chrome 132 exact in the trace, before in steps of 8 ms. */
  readonly reportedDuration: Micro | undefined;
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

interface Begin {
  readonly ts: TraceTime;
  /** Undefined for the many begins that carry no data. They count in the pairing all the same. */
  readonly data: unknown;
  readonly pid: number;
  readonly tid: number;
}

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
        else openedUnder(open, key).push(begin);
      }
      return {
        timings: timings.toSorted((a, b) => a.start - b.start),
        unfinished: [...open.values()].flat().flatMap(unfinishedOf),
      };
    },
  };
}

function beginOf(row: Row): Begin {
  const args = row.args();
  const data = at(args, 'data');
  // Before May 2022 the frame stood beside the data.
  const frame = stringIn(args, 'frame');
  return {
    ts: row.ts,
    pid: row.pid,
    tid: row.tid,
    data: frame !== undefined && typeof data === 'object' ? { frame, ...data } : data,
  };
}

function openedUnder(open: Map<string, Begin[]>, key: string): Begin[] {
  const begins = open.get(key) ?? [];
  open.set(key, begins);
  return begins;
}

function keep(timings: EventTiming[], begin: Begin | undefined, end: TraceTime): void {
  const timing = begin && timingOf(begin, end);
  if (timing !== undefined) timings.push(timing);
}

function unfinishedOf({ pid, data }: Begin): readonly UnfinishedEvent[] {
  const interactionId = numberIn(data, 'interactionId') ?? 0;
  return interactionId === 0 ? [] : [{ pid, frame: stringIn(data, 'frame') ?? '', interactionId }];
}

function timingOf({ ts, data, pid, tid }: Begin, end: TraceTime): EventTiming | undefined {
  const type = stringIn(data, 'type');
  const timeStamp = numberIn(data, 'timeStamp');
  const processingStart = numberIn(data, 'processingStart');
  const processingEnd = numberIn(data, 'processingEnd');
  if (type === undefined || timeStamp === undefined || processingStart === undefined) return undefined;
  if (processingEnd === undefined || end < ts) return undefined;
  // `timeStamp` is `ts` in milliseconds since the frame's time origin: it carries the others over to the trace's clock.
  const onTraceClock = (ms: number): TraceTime => traceTime(ts + (ms - timeStamp) * 1000);
  const reported = numberIn(data, 'duration');
  return {
    pid,
    tid,
    frame: stringIn(data, 'frame') ?? '',
    type,
    interactionId: numberIn(data, 'interactionId') ?? 0,
    start: ts,
    end,
    processingStart: onTraceClock(processingStart),
    processingEnd: onTraceClock(processingEnd),
    reportedDuration: reported === undefined ? undefined : micro(reported * 1000),
    nodeId: numberIn(data, 'nodeId') ?? 0,
    hasWholeMilliseconds: Number.isInteger(processingStart) && Number.isInteger(processingEnd),
  };
}
