import type { Measure, Unavailable } from '../base/measure.ts';
import type { CausalEvidence } from '../insights/evidence.ts';
import type { InteractionFrame } from '../insights/interaction-frame.ts';
import type { CallbackKind } from '../timeline/callbacks/callback-kinds.ts';
import type { Precision } from '../timeline/input/precision.ts';
import type { Chain } from './chain-result.ts';
import type { Pipeline } from './pipeline-result.ts';

/** What a trace tells of an interaction beside its times. */
export interface InteractionDetails {
  /** How exactly this Chrome wrote the times. */
  readonly precision: Precision;
  /** The duration in steps of 8 ms, the nearest: what the Event Timing API gives a page, and so a RUM tool. */
  readonly roundedDurationMs: number;
  /** Chrome's own figure in whole milliseconds. */
  readonly chromeDurationMs: Measure<'not-recorded'>;
  /** Processor time of the thread that handled it, from the input to the next paint. */
  readonly cpuMs: Measure<'not-recorded'>;
  readonly target: InteractionTarget | Unavailable<'not-recorded'>;
  readonly frame: InteractionFrame | Unavailable<'not-recorded'>;
  /** What its work did to the page, through promises, timers and fetch, as Chrome follows it. */
  readonly softNavigation: SoftNavigation | Unavailable<'not-recorded' | 'no-context'>;
  /** Requests that its handlers sent, themselves or by what they asked for. */
  readonly causedRequests: readonly CausedRequest[];
  /** Where the time from the input to the result went. */
  readonly chain: Chain;
  /** The same time by script, data and rendering. */
  readonly pipeline: Pipeline;
}

/** Chrome's context of an interaction. With a changed address and a paint it is what Chrome calls a soft navigation. */
export interface SoftNavigation {
  /** Changes to the document. */
  readonly domModifications: number;
  /** The area that these painted, in the page's square pixels. */
  readonly paintedAreaPx: number;
  /** What the page's address was changed to, redacted as all addresses are. Empty where it was not. */
  readonly url: string;
  readonly urlChangedMs: Measure<'no-url-change'>;
}

/** What was clicked or typed into. */
export interface InteractionTarget {
  /** Chrome's number of the node, unique within its process. */
  readonly nodeId: number;
  /** As Chrome writes it: `BUTTON id='save'`. */
  readonly name: string | Unavailable<'not-recorded'>;
}

export interface CausedRequest {
  /** Its index in the `requests` beside. */
  readonly request: number;
  readonly evidence: CausalEvidence;
  /** What lay between the handler and the sending, in order of time. Empty where the handler sent it. */
  readonly through: readonly CallbackKind[];
}

/** What a trace tells of a request beside its times. */
export interface RequestDetails {
  /** The process and the thread that sent it: a worker has its own thread. */
  readonly pid: number;
  readonly tid: number;
  readonly initiator: Initiator | Unavailable<'not-recorded'>;
  /** Earlier addresses that sent the request on, in order of time. `url` is where it ended. */
  readonly redirects: readonly Redirect[];
  /** `Script`, `Document`, … */
  readonly resourceType: string | Unavailable<'not-recorded'>;
  /** The last that Chrome gave it: `VeryHigh` to `VeryLow`. */
  readonly priority: string | Unavailable<'not-recorded'>;
  /** From the disk's or the memory's cache. */
  readonly fromCache: boolean;
  /** Answered by a service worker, from wherever it had it. */
  readonly fromServiceWorker: boolean;
  /** An XMLHttpRequest for which the main thread stood still. */
  readonly isSynchronous: boolean;
  readonly failed: boolean;
  /** Over the network, headers included. */
  readonly encodedBytes: Measure<'unfinished' | 'not-recorded'>;
  readonly phases: RequestPhases | Unavailable<'not-recorded'>;
}

/** The line that asked for something. */
export interface Initiator {
  /** `script`, `parser`, `preload`, … */
  readonly type: string;
  /** Empty where Chrome names no line. */
  readonly url: string;
  /** Counted from 1. */
  readonly line: Measure<'not-recorded'>;
  readonly column: Measure<'not-recorded'>;
  /** Empty outside of functions. */
  readonly functionName: string;
}

export interface Redirect {
  readonly url: string;
  readonly startMs: number;
}

/** How long each phase of a request took, one after the other. After redirects, those of the last address. */
export interface RequestPhases {
  /** From the main thread's sending until the network process did something for it. */
  readonly queueingMs: Measure<'not-recorded'>;
  readonly dnsMs: Measure<'not-needed'>;
  /** Without the TLS handshake. */
  readonly connectMs: Measure<'not-needed'>;
  readonly tlsMs: Measure<'not-needed'>;
  readonly sendMs: Measure<'not-recorded'>;
  /** From the last byte sent to the response's headers: the way there and back, and the server. */
  readonly waitMs: Measure<'not-recorded'>;
  readonly downloadMs: Measure<'unfinished' | 'not-recorded'>;
}

/** A time for which a thread was the page's main thread. */
export interface MainThreadSpan {
  readonly pid: number;
  readonly tid: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One WebSocket that was opened while the trace ran. */
export interface WebSocketResult {
  readonly url: string;
  readonly startMs: number;
  /** When the main thread saw the server agree. */
  readonly openedMs: Measure<'not-opened'>;
  readonly closedMs: Measure<'not-closed'>;
  readonly initiator: Initiator | Unavailable<'not-recorded'>;
  readonly sentMessages: number;
  readonly sentBytes: number;
  readonly receivedMessages: number;
  readonly receivedBytes: number;
}
