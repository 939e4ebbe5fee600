import { onTestFinished } from 'vitest';
import { type InpactServer, inpactServer, type InpactServerOptions } from '../../src/server/index.ts';
import { gatherServerFacts } from '../../src/timeline/facts.ts';
import type { ServerTrace } from '../../src/timeline/server/server-trace.ts';
import { bytesOf } from './trace-bytes.ts';

/** An agent that watches until the test is over. */
export function agentOf(options: InpactServerOptions = {}): InpactServer {
  const agent = inpactServer({ enabled: true, ...options });
  onTestFinished(() => agent.stop());
  return agent;
}

/** What an agent has recorded, as the analysis reads it. */
export const readBack = async (agent: InpactServer): Promise<ServerTrace> =>
  (await gatherServerFacts([bytesOf(JSON.stringify(agent.trace()))])).trace;
