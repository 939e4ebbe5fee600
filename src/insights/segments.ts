import { between, type Micro, traceTime, type TraceTime } from '../base/units.ts';
import type { Request } from '../timeline/network/requests.ts';
import { type CausalEvidence, weakest } from './evidence.ts';

/** What a stretch of the time between an input and its result went into. */
export const SEGMENT_KINDS = [
  /** The main thread was busy with something else. */
  'inputDelay',
  /** The interaction's own handlers. */
  'handler',
  /** Until what the handlers asked for was run: a timer, a frame. Or until the key was released whose handlers asked for it. */
  'scheduled',
  /** Code that ran later for the interaction, with no request in between. */
  'callback',
  /** From one address to the next. */
  'redirect',
  /** Until the network process began with the request. */
  'queueing',
  /** DNS, TCP and TLS. */
  'connection',
  'sending',
  /** The way there and back, where it can be told from the server. */
  'network',
  /** The request had arrived, but the server's event loop was blocked. */
  'serverQueue',
  /** The server's own figures do not explain it, and nothing tells the two apart. */
  'serverQueueOrNetwork',
  'serverWork',
  /** Until the headers came, where the server says nothing of itself. */
  'waiting',
  /** From a cache or a service worker. */
  'cache',
  'download',
  /** The response was there, but the main thread was busy with something else. */
  'mainThreadBusy',
  'responseHandler',
  /** Between the response of one request and the sending of the next. */
  'betweenRequests',
  /** Style, layout, paint, and the wait for the frame. */
  'rendering',
  /** From the last paint on the main thread until the frame was on the screen. */
  'presentation',
] as const;

export type SegmentKind = (typeof SEGMENT_KINDS)[number];

export interface Segment {
  readonly kind: SegmentKind;
  readonly start: TraceTime;
  readonly duration: Micro;
  readonly evidence: CausalEvidence;
  /** The one that it is part of. */
  readonly request: Request | undefined;
}

/** Shorter ones are the clock's noise. */
const SHORTEST_US = 1;

/** Cuts a stretch of time into segments, one after the other: they never overlap, and add up to the whole. */
export class Segments {
  readonly #list: Segment[] = [];
  readonly #end: TraceTime;
  #at: TraceTime;

  constructor(start: TraceTime, end: TraceTime) {
    this.#at = start;
    this.#end = traceTime(Math.max(start, end));
  }

  /** Where the next one begins. */
  get at(): TraceTime {
    return this.#at;
  }

  /** The next one goes up to a time: less where the whole ends before, and nothing where that time has passed. */
  until(time: TraceTime | undefined, kind: SegmentKind, evidence: CausalEvidence, request?: Request): void {
    if (time === undefined || Number.isNaN(time)) return;
    const to = traceTime(Math.min(time, this.#end));
    if (to - this.#at < SHORTEST_US) return;
    const last = this.#list.at(-1);
    const isMore = last?.kind === kind && last.request === request;
    const start = isMore ? last.start : this.#at;
    if (isMore) this.#list.pop();
    const sure = isMore ? weakest(last.evidence, evidence) : evidence;
    this.#list.push({ kind, start, duration: between(start, to), evidence: sure, request });
    this.#at = to;
  }

  /** The rest goes to one kind. What is less than a microsecond goes to the one before. */
  finish(kind: SegmentKind, evidence: CausalEvidence): readonly Segment[] {
    this.until(this.#end, kind, evidence);
    const last = this.#list.at(-1);
    if (last === undefined || this.#at >= this.#end) return this.#list;
    return [...this.#list.slice(0, -1), { ...last, duration: between(last.start, this.#end) }];
  }
}
