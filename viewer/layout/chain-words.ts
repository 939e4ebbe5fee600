import type { ChainSegment } from '../../src/result/chain-result.ts';

/** What each stretch of an interaction's time is called, and in which track it lies. */
const SEGMENTS: Readonly<Record<ChainSegment['kind'], readonly [name: string, track: ChainTrack]>> = {
  inputDelay: ['Main thread busy with something else', 'main'],
  handler: ['Event handlers', 'main'],
  scheduled: ['Until scheduled code ran', 'main'],
  callback: ['Scheduled code', 'main'],
  redirect: ['Redirect', 'network'],
  queueing: ['Request queued in the browser', 'network'],
  connection: ['DNS, TCP, TLS', 'network'],
  sending: ['Request sent', 'network'],
  network: ['On the way to the server and back', 'network'],
  serverQueue: ['Server’s event loop blocked', 'server-loop'],
  serverQueueOrNetwork: ['Server queue or network', 'network'],
  serverWork: ['Server’s work', 'server-requests'],
  waiting: ['Waiting for the server', 'network'],
  cache: ['From a cache', 'network'],
  download: ['Download', 'network'],
  mainThreadBusy: ['Response there, main thread busy', 'main'],
  responseHandler: ['Response handler', 'main'],
  betweenRequests: ['Between two requests', 'main'],
  rendering: ['Style, layout, paint', 'main'],
  presentation: ['Until the frame was shown', 'frames'],
};

export type ChainTrack = 'main' | 'network' | 'server-loop' | 'server-requests' | 'frames';

export const segmentName = ({ kind }: Pick<ChainSegment, 'kind'>): string => SEGMENTS[kind][0];
export const segmentTrack = ({ kind }: Pick<ChainSegment, 'kind'>): ChainTrack => SEGMENTS[kind][1];
