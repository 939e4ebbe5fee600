import { between, type Micro, traceTime, type TraceTime } from '../../base/units.ts';
import type { EventTiming } from './event-timings.ts';

/** What the user did once: a click, a tap, a key press. All events with its id, told by the slowest. */
export interface Interaction {
  readonly pid: number;
  /** The thread that handled it. */
  readonly tid: number;
  readonly frame: string;
  readonly interactionId: number;
  /** Of the slowest event. */
  readonly type: string;
  readonly start: TraceTime;
  /** When the frame that shows its effect was presented. */
  readonly end: TraceTime;
  /** When the first handler of the frame began to run, and when the last ended: never outside `start` to `end`. */
  readonly processingStart: TraceTime;
  readonly processingEnd: TraceTime;
  /** When each of its events was created, in order of time. Chrome names the one that it follows to a paint. */
  readonly eventStarts: readonly TraceTime[];
  /** When the handlers of each of its events ran, in order of time. */
  readonly handled: readonly Handled[];
  /** What was clicked or typed into. 0 where Chrome does not say. */
  readonly nodeId: number;
}

export type Processing = Pick<EventTiming, 'processingStart' | 'processingEnd'>;

/** One event's handlers, with when it was created and when the frame that it waited for was presented. */
export type Handled = Processing & Pick<EventTiming, 'start' | 'end'>;

export const duration = ({ start, end }: Interaction): Micro => between(start, end);

/**
 * Groups timed events by process, frame and interaction id. An interaction lasts as long as its slowest event; its
 * processing covers the handlers of all interactions' events of the same kind that waited for the same animation frame,
 * as in DevTools.
 */
export function interactionsOf(timings: readonly EventTiming[]): readonly Interaction[] {
  const events = timings.filter(({ interactionId }) => interactionId !== 0);
  const processing = processingByFrame(events);
  const groups = Map.groupBy(
    events,
    ({ pid, frame, interactionId }) => `${String(pid)}|${frame}|${String(interactionId)}`,
  );
  return [...groups.values()]
    .flatMap((own) => {
      const slowest = slowestOf(own);
      return slowest === undefined
        ? []
        : interactionOf(slowest, own, processing.get(sharedKey(slowest)) ?? slowest);
    })
    .toSorted((a, b) => a.start - b.start);
}

/** Events that waited for the same animation frame end at the same microsecond. */
const sharedKey = ({ pid, frame, end, type }: EventTiming): string =>
  `${String(pid)}|${frame}|${String(end)}|${String(type.startsWith('key'))}`;

/** When the first handler before each animation frame began, and when the last ended. */
function processingByFrame(events: readonly EventTiming[]): ReadonlyMap<string, Processing> {
  const widest = new Map<string, Processing>();
  for (const event of events) {
    const known = widest.get(sharedKey(event)) ?? event;
    widest.set(sharedKey(event), {
      processingStart: traceTime(Math.min(known.processingStart, event.processingStart)),
      processingEnd: traceTime(Math.max(known.processingEnd, event.processingEnd)),
    });
  }
  return widest;
}

/** Of equally slow events the one whose handlers ran longest: it says best what was done. */
function slowestOf(events: readonly EventTiming[]): EventTiming | undefined {
  return events.toSorted(
    (a, b) =>
      between(b.start, b.end) - between(a.start, a.end) ||
      between(b.processingStart, b.processingEnd) - between(a.processingStart, a.processingEnd),
  )[0];
}

function interactionOf(
  slowest: EventTiming,
  events: readonly EventTiming[],
  processing: Processing,
): Interaction {
  const { pid, tid, frame, interactionId, type, start, end, nodeId } = slowest;
  const within = (time: number): TraceTime => traceTime(Math.min(Math.max(time, start), end));
  const processingStart = within(processing.processingStart);
  const processingEnd = within(processing.processingEnd);
  return {
    pid,
    tid,
    frame,
    interactionId,
    type,
    start,
    end,
    processingStart,
    // A handler may outlast the paint (a dialog does): the parts must add up to the whole all the same.
    processingEnd: traceTime(Math.max(processingStart, processingEnd)),
    eventStarts: [...new Set(events.map((event) => event.start))],
    handled: events.map((event) => ({
      start: event.start,
      end: event.end,
      processingStart: event.processingStart,
      processingEnd: event.processingEnd,
    })),
    // The pointer's pressing and release may name no node where the click does.
    nodeId: nodeId === 0 ? (events.find((event) => event.nodeId !== 0)?.nodeId ?? 0) : nodeId,
  };
}
