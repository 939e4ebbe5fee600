import type { Micro, TraceTime } from '../../base/units.ts';
import type { Facts } from '../../timeline/facts.ts';
import type { Interaction } from '../../timeline/input/interactions.ts';
import type { Request } from '../../timeline/network/requests.ts';
import type { AnimationFrame } from '../../timeline/rendering/animation-frames.ts';
import type { OfThread } from '../by-thread.ts';
import type { CausedRequest } from '../caused-requests.ts';
import type { Chain } from '../chain.ts';
import type { DomModificationCounts } from '../dom-modification-counts.ts';
import type { CausalEvidence } from '../evidence.ts';
import type { SlicesOf } from '../rendering-work.ts';
import type { ServerSide } from '../server-clock.ts';

/** Each is also the name of its page, `docs/insights/<id>.md`. Causes stand before what they cause: of two that explain as much, the first counts. */
export const INSIGHT_IDS = [
  'synchronous-query-on-event-loop',
  'n-plus-one-queries',
  'executor-queue-wait',
  'synchronous-xhr',
  'forced-reflow',
  'large-dom-update',
  'handler-too-long',
  'long-task-delayed-input',
  'long-task-delayed-response-handler',
  'serial-requests',
  'server-loop-blocked',
  'server-loop-starved',
  'slow-server-work',
  'waited-for-network-only',
  'not-awaited',
] as const;

export type InsightId = (typeof INSIGHT_IDS)[number];

/** Something that made one interaction's user wait, and where. */
export interface Finding {
  readonly insight: InsightId;
  readonly interaction: Interaction;
  /** The stretch of time in which it was seen. */
  readonly start: TraceTime;
  readonly end: TraceTime;
  /** How much of the interaction's time it explains: never more than there is. Two findings may explain the same time. */
  readonly explains: Micro;
  readonly evidence: CausalEvidence;
  /** What was seen, in our words and the trace's numbers: none of the trace's strings is in it. */
  readonly sentence: string;
  readonly where: Where;
}

/** What to look at. */
export interface Where {
  /** The most telling first. */
  readonly code: readonly CodePlace[];
  readonly requests: readonly Request[];
  /** Without literals. */
  readonly sql: string | undefined;
  /** The server's name for what it ran: a route, a function, a span. */
  readonly serverName: string | undefined;
}

export const NOWHERE: Where = { code: [], requests: [], sql: undefined, serverName: undefined };

export interface CodePlace {
  /** In which of the two event loops' code. */
  readonly side: 'page' | 'server';
  /** Empty for anonymous functions and for a script's outermost code. */
  readonly functionName: string;
  readonly url: string;
  /** Counted from 1. */
  readonly line: number | undefined;
  readonly column: number | undefined;
}

export const UNAVAILABLE_REASONS = [
  'no-interactions',
  /** The server kept no trace, and its response says nothing of what the insight asks. */
  'no-server-trace',
  /** The server kept a trace, but its times could not be put on the page's clock, or not exactly enough. */
  'no-common-clock',
  /** The server kept a trace, but which of its requests this was is not known. */
  'request-not-matched',
  /** A wait that the server's own time does not explain: its queue or the network. Only its trace tells the two apart. */
  'queue-or-network',
  'dom-modifications-not-recorded',
] as const;

export type UnavailableReason = (typeof UNAVAILABLE_REASONS)[number];

/** What an insight found. Missing data is an answer, not an exception. */
export type Outcome =
  | { readonly status: 'clear' }
  | { readonly status: 'found'; readonly worst: Finding; readonly others: readonly Finding[] }
  | { readonly status: 'unavailable'; readonly reason: UnavailableReason };

export const CLEAR: Outcome = { status: 'clear' };
export const unknown = (reason: UnavailableReason): Outcome => ({ status: 'unavailable', reason });

/** Clear, if there is none. */
export function found(findings: readonly Finding[]): Outcome {
  const [worst, ...others] = findings.toSorted((a, b) => b.explains - a.explains || a.start - b.start);
  return worst === undefined ? CLEAR : { status: 'found', worst, others };
}

export const findingsOf = (outcome: Outcome): readonly Finding[] =>
  outcome.status === 'found' ? [outcome.worst, ...outcome.others] : [];

/** One answer of several: what is found counts, and what is not known is not clear. */
export function together(outcomes: readonly Outcome[]): Outcome {
  const findings = outcomes.flatMap(findingsOf);
  if (findings.length > 0) return found(findings);
  return outcomes.find(({ status }) => status === 'unavailable') ?? CLEAR;
}

/** What the insights look at, made once for a trace. */
export interface Examined {
  readonly facts: Facts;
  readonly slicesOf: SlicesOf;
  /** In order of time. */
  readonly framesOf: OfThread<AnimationFrame>;
  readonly domModifications: DomModificationCounts;
  readonly chains: ReadonlyMap<Interaction, Chain>;
  readonly caused: ReadonlyMap<Interaction, readonly CausedRequest[]>;
  /** Requests for which the main thread stood still. */
  readonly synchronous: ReadonlySet<Request>;
  /** Those of one thread, in order of time. */
  readonly synchronousOf: OfThread<Request>;
  /** Undefined where the server kept no trace. */
  readonly server: ServerSide | undefined;
}

/** Looks for one kind of cause. */
export interface Insight {
  readonly id: InsightId;
  /** As a headline. */
  readonly title: string;
  /** What to do about it, in one sentence. */
  readonly advice: string;
  readonly examine: (subject: Subject, given: Examined) => Outcome;
}

/** One interaction, and where its time went. */
export interface Subject {
  readonly interaction: Interaction;
  readonly chain: Chain;
}
