import { traceTime, type TraceTime } from '../base/units.ts';
import type { Interaction, Processing } from '../timeline/input/interactions.ts';

/** In order of time. */
export type HandlerWindows = readonly [Processing, ...Processing[]];

/** What a chain follows an interaction from, and to. */
interface Followed {
  /** When the event was created that the chain begins with. */
  readonly start: TraceTime;
  /** Whether it goes on to the paint of a result, beyond the interaction's own frame. */
  readonly isPainted: boolean;
}

/**
 * When an interaction's handlers ran that its chain goes through, in order of time. Those of all events that waited for one
 * frame are one window; what lies between two of them may be another frame, or a key that is held down.
 *
 *     keydown ==#====|              # handlers, | the frame that the events waited for
 *     keyup              ===#==|    no part of a chain to keydown's own frame
 *
 * A press comes before the click that Chrome follows: only handlers from then on count.
 */
export function handlerWindows(interaction: Interaction, { start, isPainted }: Followed): HandlerWindows {
  const { handled, end, processingStart, processingEnd } = interaction;
  const followed = handled.filter((handler) => handler.start === start).map((handler) => handler.end);
  const shown = isPainted ? Math.max(...followed) : end;
  const own = handled.filter((handler) => handler.processingStart >= start);
  const inFrame = own.filter((handler) => handler.end <= shown);
  const first =
    inFrame.length === 0
      ? { processingStart, processingEnd }
      : {
          processingStart: traceTime(Math.min(...inFrame.map((handler) => handler.processingStart))),
          processingEnd: traceTime(Math.max(...inFrame.map((handler) => handler.processingEnd))),
        };
  // A result may have been asked for when the key was released: to Chrome that is the same interaction.
  const after = isPainted ? own.filter((handler) => handler.end > shown) : [];
  return [first, ...after.toSorted((a, b) => a.processingStart - b.processingStart)];
}
