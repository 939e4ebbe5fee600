import type { Chain, ChainSegment } from '../../src/result/chain-result.ts';
import { SEGMENT_WORDS } from '../../src/result/words/segment-words.ts';

export type ChainTrack = 'main' | 'network' | 'server-loop' | 'server-requests' | 'frames';

/** In which track each stretch of an interaction's time lies. */
const TRACKS: Readonly<Record<ChainSegment['kind'], ChainTrack>> = {
  inputDelay: 'main',
  handler: 'main',
  scheduled: 'main',
  callback: 'main',
  redirect: 'network',
  queueing: 'network',
  connection: 'network',
  sending: 'network',
  network: 'network',
  serverQueue: 'server-loop',
  serverQueueOrNetwork: 'network',
  serverWork: 'server-requests',
  waiting: 'network',
  cache: 'network',
  download: 'network',
  mainThreadBusy: 'main',
  responseHandler: 'main',
  betweenRequests: 'main',
  rendering: 'main',
  presentation: 'frames',
};

type Segment = Pick<ChainSegment, 'kind'>;

export const segmentName = ({ kind }: Segment): string => SEGMENT_WORDS[kind].name;
export const segmentTrack = ({ kind }: Segment): ChainTrack => TRACKS[kind];

/** What a chain follows its interaction to. A page that marks its result itself may paint before and after. */
export const CHAIN_ENDS: Readonly<
  Record<Chain['endsWith'], { readonly what: string; readonly until: string }>
> = {
  'contentful-paint': { what: 'the painted result', until: 'its result was painted' },
  'user-mark': { what: 'the result that the page marked', until: 'the page marked its result' },
  'next-paint': { what: 'the next paint', until: 'the next paint' },
};
