import { unavailable } from '../../src/base/measure.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';

/** A trace beside which the server kept none. */
export const WITHOUT_SERVER: Pick<TraceResult, 'server' | 'serverClock'> = {
  serverClock: unavailable('no-server-trace'),
  server: unavailable('no-server-trace'),
};
