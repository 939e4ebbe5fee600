import { unavailable } from '../../src/base/measure.ts';
import type { InteractionDetails, RequestDetails } from '../../src/result/causes-result.ts';
import { NO_PIPELINE } from './sample-findings.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';

/** What a result says of an interaction of which the trace tells nothing but its times. */
export const NO_INTERACTION_DETAILS: InteractionDetails = {
  precision: 'microsecond',
  roundedDurationMs: 0,
  chromeDurationMs: unavailable('not-recorded'),
  cpuMs: unavailable('not-recorded'),
  target: unavailable('not-recorded'),
  frame: 'main-frame',
  softNavigation: unavailable('not-recorded'),
  causedRequests: [],
  chain: { endsWith: 'next-paint', segments: [] },
  pipeline: NO_PIPELINE,
};

/** The same of a request. */
export const NO_REQUEST_DETAILS: RequestDetails = {
  pid: 1,
  tid: 2,
  initiator: unavailable('not-recorded'),
  redirects: [],
  resourceType: unavailable('not-recorded'),
  priority: unavailable('not-recorded'),
  fromCache: false,
  fromServiceWorker: false,
  isSynchronous: false,
  failed: false,
  encodedBytes: unavailable('not-recorded'),
  phases: unavailable('not-recorded'),
};

type Causes = Pick<TraceResult, 'inpPerNavigation' | 'unfinishedInteractions' | 'webSockets'>;

/** What a result says of a trace in which nothing was navigated to. */
export const WITHOUT_CAUSES: Causes = { inpPerNavigation: [], unfinishedInteractions: 0, webSockets: [] };
