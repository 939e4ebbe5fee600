import { isUnavailable } from '../../src/base/measure.ts';
import type { ChainSegment } from '../../src/result/chain-result.ts';
import type { Load } from '../../src/result/load.ts';
import { stepOf } from './session-files.ts';

export interface ServerQueue {
  /** The chain's own segment. Undefined where the request met a free loop. */
  readonly segment: ChainSegment | undefined;
  readonly foundMs: number;
  /** For how long the server says that its loop was blocked from the request's arrival until it came to it. */
  readonly measuredMs: number;
}

/** The wait of a step's click for the server's loop, as the chain and as the server's own trace have it. */
export function serverQueueIn(load: Load, step: string): ServerQueue {
  const { interaction, requests } = stepOf(load, step);
  const server = load.trace?.server;
  if (isUnavailable(interaction) || server === undefined || isUnavailable(server)) {
    throw new Error(`There is no click of ${step} in ${load.id}, or no trace of the server's.`);
  }
  const { segments } = interaction.chain;
  const sent = requests[segments.find(({ request }) => request !== null)?.request ?? -1];
  const served = server.requests.find(
    ({ request }) => load.trace?.requests[request ?? -1]?.startMs === sent?.startMs,
  );
  if (sent === undefined || served === undefined || isUnavailable(sent.phases)) {
    throw new Error(`The click of ${step} in ${load.id} sent nothing that the server knows of.`);
  }
  const arrivedMs = sent.startMs + Number(sent.phases.queueingMs) + Number(sent.phases.sendMs);
  const waited = server.loopBlocks.map(({ startMs, durationMs }) =>
    Math.max(0, Math.min(startMs + durationMs, served.startMs) - Math.max(startMs, arrivedMs)),
  );
  const segment = segments.find(({ kind }) => kind === 'serverQueue');
  return {
    segment,
    foundMs: segment?.durationMs ?? 0,
    measuredMs: waited.reduce((sum, part) => sum + part, 0),
  };
}
