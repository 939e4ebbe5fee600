import type { IcpSource } from '../insights/interaction-result.ts';
import type { IcpReason } from '../insights/interaction-to-contentful-paint.ts';
import type { Measure, Unavailable } from '../base/measure.ts';
import type { NavigationKind } from '../timeline/page/navigations.ts';
import type { InteractionDetails, MainThreadSpan, RequestDetails, WebSocketResult } from './causes-result.ts';
import type { CpuProfile } from './cpu-result.ts';
import type { InsightFinding, InsightOutcome } from './findings-result.ts';
import type { AnimationFrames, ForcedReflows, LayoutShifts, StyleAndLayout } from './rendering-result.ts';
import type { ServerClock, ServerResult } from './server-result.ts';
import type { ServerTimingMetric } from '../timeline/network/server-timing.ts';

export type { ServerTimingMetric };

/** What one trace says. All times are milliseconds, with microseconds kept as decimals; `startMs` counts from the trace's first event. */
export interface TraceResult {
  readonly file: string;
  /** False when the whole trace was read, else where and why reading stopped. */
  readonly partial: false | PartialTrace;
  readonly events: EventCounts;
  /** The first event's timestamp on Chrome's clock, in microseconds: adds to `startMs` to give the raw `ts`. */
  readonly firstEventUs: number;
  readonly spanMs: number;
  /** Chrome's name for the clock behind `ts`, where the trace says it. */
  readonly clock: string | null;
  readonly mainThread: MainThread | Unavailable<'no-renderer-main-thread'>;
  readonly longTasks: LongTasks;
  readonly interactions: readonly Interaction[];
  /** Of all documents together. */
  readonly inp: Interaction | Unavailable<'no-interactions'>;
  /** Of each document that the main frame showed, in order of time. */
  readonly inpPerNavigation: readonly NavigationInp[];
  /** Interactions of which no event ended, and which are in no figure: the trace stopped, or lost their ends. */
  readonly unfinishedInteractions: number;
  /** Of the page, its frames and its workers. */
  readonly requests: readonly NetworkRequest[];
  /** How many more the trace holds, of other pages: Chrome records all tabs. */
  readonly requestsOfOtherPages: number;
  readonly webSockets: readonly WebSocketResult[];
  readonly paints: Paints;
  readonly animationFrames: AnimationFrames;
  readonly forcedReflows: ForcedReflows;
  readonly styleAndLayout: StyleAndLayout;
  readonly layoutShifts: LayoutShifts;
  readonly cpuProfile: CpuProfile | Unavailable<'not-recorded'>;
  /** How the server's times were put on the trace's clock. */
  readonly serverClock: ServerClock | Unavailable<'no-server-trace'>;
  readonly server: ServerResult | Unavailable<'no-server-trace' | 'no-common-clock'>;
  /** What made users wait, and where. Whatever explains most first. */
  readonly findings: readonly InsightFinding[];
  /** What became of each insight, so that what could not be looked at is not taken for clear. */
  readonly insights: readonly InsightOutcome[];
}

export interface PartialTrace {
  readonly reason: PartialReason;
  /** Offset of the last byte that was understood, in the unpacked trace. */
  readonly atByte: number;
}

export type PartialReason = 'cut-short' | 'corrupt-compression' | 'malformed';

export interface EventCounts {
  readonly read: number;
  /** Events that were left out, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
}

export interface MainThread {
  readonly pid: number;
  readonly tid: number;
  /** By which rule the page's main thread was recognised. */
  readonly how: MainThreadRule;
  /** Every process whose main thread was the page's in turn, `pid` included, in order of commit. */
  readonly processes: readonly number[];
  /** Outermost tasks of all of them, over the whole trace. */
  readonly taskCount: number;
  /** When which of them was the page's, in order of time. */
  readonly spans: readonly MainThreadSpan[];
}

export type MainThreadRule =
  | 'tracing-started-in-browser'
  | 'tracing-started-in-page'
  | 'navigation-start'
  | 'busiest-renderer-main-thread';

export interface LongTasks {
  readonly count: Measure<'no-renderer-main-thread' | 'no-tasks'>;
  /** The sum of what each long task has over 50 ms. */
  readonly totalBlockingTimeMs: Measure<'no-renderer-main-thread' | 'no-tasks'>;
  /** The longest outermost task of the main thread, long or not. */
  readonly longestMs: Measure<'no-tasks'>;
  readonly tasks: readonly LongTask[];
}

/** A main-thread task of more than 50 ms. */
export interface LongTask {
  readonly startMs: number;
  /** Wall time. */
  readonly durationMs: number;
  /** Time on the processor. A task whose `cpuMs` is far below its `durationMs` was waiting, not working. */
  readonly cpuMs: Measure<'not-recorded'>;
  readonly blockingMs: number;
}

export interface Interaction extends InteractionDetails {
  readonly interactionId: number;
  /** The thread that handled it: the page's main thread, or that of an iframe with a process of its own. */
  readonly pid: number;
  readonly tid: number;
  /** The event that made it slowest: `click`, `keydown`, … */
  readonly type: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly inputDelayMs: number;
  readonly processingDurationMs: number;
  readonly presentationDelayMs: number;
  /** By what it is known when the result was there: `contentful-paint` by Chrome, `user-mark` by the page's `performance.mark('inpact:done')`. */
  readonly icpSource: IcpSource | Unavailable<IcpReason>;
  /** What ICP counts from: the click or the key press, which follows the `pointerdown` that `startMs` may be. */
  readonly icpStartMs: Measure<IcpReason>;
  /** From the input to the last paint of content that it caused: "the result is there". */
  readonly icpMs: Measure<IcpReason>;
  /** From the input to the first such paint: "something changed". */
  readonly icpFirstMs: Measure<IcpReason>;
}

/** INP of one document that the main frame showed. */
export interface NavigationInp {
  readonly kind: NavigationKind | 'already-open';
  readonly url: string;
  /** 0 for what was open when tracing started. */
  readonly startMs: number;
  readonly inp: Interaction | Unavailable<'no-interactions'>;
  readonly interactionCount: number;
  /** Fewer than fifty interactions: none is set aside as an outlier, and INP is the slowest. */
  readonly isInpSlowest: boolean;
}

export interface NetworkRequest extends RequestDetails {
  /** Userinfo removed, query and fragment values replaced. */
  readonly url: string;
  readonly method: string;
  readonly status: Measure<'no-response'>;
  /** When the main thread sent it. Of a document: when the browser began with it. */
  readonly startMs: number;
  /** When the response's headers arrived in the network process. */
  readonly responseStartMs: Measure<'no-response' | 'not-recorded'>;
  /** When the last byte arrived in the network process. */
  readonly endMs: Measure<'unfinished' | 'not-recorded'>;
  /** When the main thread got to the response: later than `responseStartMs` if it was busy. */
  readonly responseEventMs: Measure<'no-response'>;
  readonly serverTiming: readonly ServerTimingMetric[];
}

export interface Paints {
  /** Blocking time from then to the end of the trace. */
  readonly totalBlockingTimeAfterFcpMs: Measure<'not-recorded' | 'no-tasks'>;
  readonly firstContentfulPaintMs: Measure<'not-recorded'>;
  readonly largestContentfulPaintMs: Measure<'not-recorded'>;
}
