import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/input/interactions.ts';
import type { Request } from '../timeline/network/requests.ts';
import { byThread } from './by-thread.ts';
import { type CausedRequest, causedRequests } from './caused-requests.ts';
import { type Chain, interactionChains } from './chain.ts';
import { chromeDurations } from './chrome-durations.ts';
import { domModificationCounts } from './dom-modification-counts.ts';
import { INSIGHTS } from './findings/all.ts';
import { type Examination, examine } from './findings/examine.ts';
import { contextsByInteraction } from './interaction-contexts.ts';
import { type Pipeline, pipelines } from './pipeline.ts';
import { renderingByThread } from './rendering-work.ts';
import { runsByThread } from './script-runs.ts';
import type { ServerSide } from './server-clock.ts';
import { synchronousRequests } from './synchronous-requests.ts';

/** What the insights make of a trace: where each interaction's time went, and why. What takes a look at all of it is done once. */
export interface Causes {
  readonly caused: ReadonlyMap<Interaction, readonly CausedRequest[]>;
  readonly chromeDurations: ReturnType<typeof chromeDurations>;
  readonly synchronous: ReadonlySet<Request>;
  readonly contexts: ReturnType<typeof contextsByInteraction>;
  readonly chains: ReadonlyMap<Interaction, Chain>;
  readonly pipelines: ReadonlyMap<Interaction, Pipeline>;
  readonly examinations: readonly Examination[];
  /** Undefined where the server kept no trace. */
  readonly server: ServerSide | undefined;
}

/** @param server Undefined where it kept no trace. */
export function causesOf(facts: Facts, server?: ServerSide): Causes {
  const runsOf = runsByThread(facts);
  const caused = causedRequests(facts, runsOf);
  const synchronous = synchronousRequests(facts);
  const made = { slicesOf: renderingByThread(facts), domModifications: domModificationCounts(facts) };
  const chains = interactionChains(facts, { caused, synchronous, server, runsOf });
  return {
    caused,
    chromeDurations: chromeDurations(facts),
    synchronous,
    contexts: contextsByInteraction(facts),
    chains,
    pipelines: pipelines(chains, made, facts),
    examinations: examine(INSIGHTS, {
      facts,
      ...made,
      framesOf: byThread(facts.animationFrames),
      chains,
      caused,
      synchronous,
      synchronousOf: byThread(synchronous),
      server,
    }),
    server,
  };
}
