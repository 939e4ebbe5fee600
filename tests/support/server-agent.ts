import { once } from 'node:events';
import type { Server } from 'node:http';
import { onTestFinished } from 'vitest';
import { type InpactServer, inpactServer, type InpactServerOptions } from '../../src/server/index.ts';
import { gatherServerFacts } from '../../src/timeline/facts.ts';
import type { ServerTrace } from '../../src/timeline/server-trace.ts';
import { bytesOf } from './trace-bytes.ts';

/** An agent that watches until the test is over. */
export function agentOf(options: InpactServerOptions = {}): InpactServer {
  const agent = inpactServer({ enabled: true, ...options });
  onTestFinished(() => agent.stop());
  return agent;
}

/** Serves until the test is over. */
export async function serving(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return `http://127.0.0.1:${String(address.port)}`;
}

/** What an agent has recorded, as the analysis reads it. */
export const readBack = async (agent: InpactServer): Promise<ServerTrace> =>
  (await gatherServerFacts([bytesOf(JSON.stringify(agent.trace()))])).trace;
