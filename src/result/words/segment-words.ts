import type { SegmentKind } from '../../insights/segments.ts';

/** What a stretch of an interaction's time is called: by itself, and in a line with others of its chain. */
export interface SegmentWords {
  readonly name: string;
  readonly short: string;
}

export const SEGMENT_WORDS: Readonly<Record<SegmentKind, SegmentWords>> = {
  inputDelay: { name: 'Main thread busy with something else', short: 'input delay' },
  handler: { name: 'Event handlers', short: 'handler' },
  scheduled: { name: 'Until scheduled code ran', short: 'waiting for a timer or a frame' },
  callback: { name: 'Scheduled code', short: 'callback' },
  redirect: { name: 'Redirect', short: 'redirect' },
  queueing: { name: 'Request queued in the browser', short: 'queueing' },
  connection: { name: 'DNS, TCP, TLS', short: 'connection' },
  sending: { name: 'Request sent', short: 'sending' },
  network: { name: 'On the way to the server and back', short: 'network' },
  serverQueue: { name: 'Server’s event loop blocked', short: "server's loop blocked" },
  serverQueueOrNetwork: { name: 'Server queue or network', short: "server's queue or network" },
  serverWork: { name: 'Server’s work', short: 'server work' },
  waiting: { name: 'Waiting for the server', short: 'waiting for the server' },
  cache: { name: 'From a cache', short: 'cache or service worker' },
  download: { name: 'Download', short: 'download' },
  mainThreadBusy: {
    name: 'Response there, main thread busy',
    short: 'main thread busy with something else',
  },
  responseHandler: { name: 'Response handler', short: 'response handler' },
  betweenRequests: { name: 'Between two requests', short: 'between requests' },
  rendering: { name: 'Style, layout, paint', short: 'rendering' },
  presentation: { name: 'Until the frame was shown', short: 'presentation' },
};

/** The same for a comparison's stage: its name is a segment's kind, perhaps one of another version. */
export const stageWords = (kind: string): SegmentWords =>
  Object.entries(SEGMENT_WORDS).find(([known]) => known === kind)?.[1] ?? { name: kind, short: kind };
