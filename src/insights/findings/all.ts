import { executorQueueWait } from './executor-queue-wait.ts';
import type { Insight } from './finding.ts';
import { forcedReflow } from './forced-reflow.ts';
import { handlerTooLong } from './handler-too-long.ts';
import { largeDomUpdate } from './large-dom-update.ts';
import { longTaskDelayedInput } from './long-task-delayed-input.ts';
import { longTaskDelayedResponseHandler } from './long-task-delayed-response-handler.ts';
import { nPlusOneQueries } from './n-plus-one-queries.ts';
import { notAwaited } from './not-awaited.ts';
import { serialRequests } from './serial-requests.ts';
import { serverLoopBlocked } from './server-loop-blocked.ts';
import { serverLoopStarved } from './server-loop-starved.ts';
import { slowServerWork } from './slow-server-work.ts';
import { synchronousQueryOnEventLoop } from './synchronous-query-on-event-loop.ts';
import { synchronousXhr } from './synchronous-xhr.ts';
import { waitedForNetworkOnly } from './waited-for-network-only.ts';

/** In the order of `INSIGHT_IDS`. */
export const INSIGHTS: readonly Insight[] = [
  synchronousQueryOnEventLoop,
  nPlusOneQueries,
  executorQueueWait,
  synchronousXhr,
  forcedReflow,
  largeDomUpdate,
  handlerTooLong,
  longTaskDelayedInput,
  longTaskDelayedResponseHandler,
  serialRequests,
  serverLoopBlocked,
  serverLoopStarved,
  slowServerWork,
  waitedForNetworkOnly,
  notAwaited,
];
