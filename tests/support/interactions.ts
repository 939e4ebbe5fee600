import { clock, instant, PAGE, type TraceEvent } from './trace-events.ts';

/** One timed event, in milliseconds. */
export interface TimedEvent {
  /** 0 for an event of no interaction. */
  readonly interactionId: number;
  readonly type: string;
  readonly start: number;
  /** When its handlers began to run and when they ended. */
  readonly processing: readonly [number, number];
  /** When the frame that shows its effect was presented. */
  readonly end: number;
  readonly frame?: string;
  readonly pid?: number;
  /** What Chrome pairs begin and end by. It uses ids again. */
  readonly asyncId?: string;
  /** What its document counts its times from. */
  readonly timeOrigin?: number;
}

/** The begin and the end of an event that Chrome timed. */
export const interaction = (event: TimedEvent): readonly TraceEvent[] => [beginOf(event), endOf(event)];

export function beginOf(event: TimedEvent): TraceEvent {
  const { interactionId, type, start, processing, end, frame = PAGE.frame, timeOrigin = 0 } = event;
  const [timeStamp, processingStart, processingEnd] = [start, ...processing].map((ms) => ms - timeOrigin);
  const data = { type, interactionId, timeStamp, processingStart, processingEnd, frame };
  return {
    ...asyncEvent('EventTiming', 'b', start, event),
    args: { data: { ...data, duration: end - start } },
  };
}

export const endOf = (event: TimedEvent): TraceEvent => ({
  ...asyncEvent('EventTiming', 'e', event.end, event),
  args: {},
});

const asyncEvent = (
  name: string,
  ph: 'b' | 'e',
  ms: number,
  { type, interactionId, pid = PAGE.pid, asyncId = `${type}-${String(interactionId)}` }: TimedEvent,
): TraceEvent => instant(name, ms, { ph, pid, id: asyncId, scope: 'devtools.timeline' });

/** One paint that Chrome attributes to an interaction, in milliseconds. */
export interface AttributedPaint {
  /** When the input's event was created: names the interaction. */
  readonly input: number;
  /** When its work added or changed the node. Undefined where it did not. */
  readonly modified?: number;
  /** When the main thread painted the node. */
  readonly painted: number;
  readonly presented: number;
  readonly nodeId: number;
  readonly type?: 'text' | 'image';
  /** When the image was there. Undefined: as Chrome writes text. */
  readonly loaded?: number;
}

/** The context of an interaction, a change of a node, its paint, and the candidate that Chrome makes of it. */
export function contentfulPaint(paint: AttributedPaint): readonly TraceEvent[] {
  const { input, modified, painted, presented, nodeId, type = 'text', loaded } = paint;
  const context = { softNavContextId: input, timeOrigin: clock(input) };
  const change = instant('SoftNavigationContext::AddedModifiedNodeInAnimationFrame', modified ?? 0, {
    args: { context, nodeId },
  });
  return [
    instant('SoftNavigationContextCreated', input + 1, { args: { context } }),
    ...(modified === undefined ? [] : [change]),
    instant('SoftNavigationContext::AttributablePaintInAnimationFrame', painted, {
      args: { context, nodeId },
    }),
    instant('largestContentfulPaint::CandidateForSoftNavigation', presented, {
      ph: 'R',
      args: {
        frame: PAGE.frame,
        data: { nodeId, type, candidateIndex: 1, size: 100, imageLoadEnd: loaded },
      },
    }),
  ];
}

/** The begin of one rendering of the page: what is changed after one belongs to the next. */
export const rendering = (ms: number): TraceEvent => instant('AnimationFrame::Render', ms, { ph: 'b' });
