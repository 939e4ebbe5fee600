import type { Chain } from '../../src/result/chain-result.ts';
import { clickAt } from './causes.ts';
import { describeTrace } from './described.ts';
import type { Exchange } from './exchange.ts';
import { contentfulPaint } from './interactions.ts';
import { call, layout } from './rendering.ts';
import { sideOf } from './server-trace.ts';
import { factsOf } from './trace-bytes.ts';
import { mainThread, type TraceEvent } from './trace-events.ts';

export type Events = readonly (TraceEvent | readonly TraceEvent[])[];

/** The chain of each interaction, as a trace's result has it. */
export async function chainsOf(events: Events, server?: Events): Promise<readonly Chain[]> {
  const facts = await factsOf(mainThread, ...events);
  const side = server && (await sideOf(facts, server.flat()));
  return describeTrace('trace.json', facts, side).interactions.map(({ chain }) => chain);
}

/** Kinds with their milliseconds, each with its evidence where a test asks. */
export async function segmentsOf(events: Events, server?: Events): Promise<readonly string[]> {
  const [chain] = await chainsOf(events, server);
  return (chain?.segments ?? []).map(({ kind, durationMs }) => `${kind} ${String(durationMs)}`);
}

export async function evidenceOf(events: Events, server?: Events): Promise<Readonly<Record<string, string>>> {
  const [chain] = await chainsOf(events, server);
  return Object.fromEntries((chain?.segments ?? []).map(({ kind, evidence }) => [kind, evidence]));
}

/** A click at 100 whose result is presented at 300: the change is made at 281 by code from 280 to 284, and drawn by 292. */
export const RESULT: Events = [
  clickAt(100),
  contentfulPaint({ input: 100, modified: 281, painted: 290, presented: 300, nodeId: 5 }),
  call(280, 4, 'run', 1),
  layout(288, 4),
];

export const FETCH: Exchange = {
  sent: 103,
  requested: 104,
  written: 105,
  headers: 270,
  seen: 275,
  lastByte: 272,
};
