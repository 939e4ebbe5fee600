import type { CausalEvidence } from '../insights/evidence.ts';
import type { InsightId, UnavailableReason } from '../insights/findings/finding.ts';

export type { InsightId };

/** What made a user wait, and where to look. Its page is `docs/insights/<id>.md`. */
export interface InsightFinding {
  readonly id: InsightId;
  readonly title: string;
  /** What was seen, with its figures. Says so where it is inferred or guessed. */
  readonly sentence: string;
  /** What to do, in one sentence. */
  readonly advice: string;
  readonly interactionId: number;
  readonly interactionStartMs: number;
  /** The stretch of time in which it was seen. */
  readonly startMs: number;
  readonly endMs: number;
  /** How much of the interaction's time it explains. Findings may explain the same time: a blocked loop, and the query that blocks it. */
  readonly explainsMs: number;
  readonly evidence: CausalEvidence;
  readonly where: FindingPlaces;
  readonly docs: string;
}

/** What to look at. Lists are empty, and texts null, where the finding has none of the kind. */
export interface FindingPlaces {
  /** The most telling first. */
  readonly code: readonly CodePlace[];
  readonly requests: readonly FindingRequest[];
  /** Without literals. */
  readonly sql: string | null;
  /** The server's name for what it ran: a route, a function, a span. */
  readonly serverName: string | null;
  /** What was clicked or typed into, as Chrome writes it. */
  readonly target: string | null;
}

export interface CodePlace {
  /** In which of the two event loops' code. */
  readonly side: 'page' | 'server';
  /** Empty for anonymous functions and for a script's outermost code. */
  readonly functionName: string;
  readonly url: string;
  /** Counted from 1. */
  readonly line: number | null;
  readonly column: number | null;
}

export interface FindingRequest {
  /** Its index in the `requests` beside, or null where it is none of them. */
  readonly request: number | null;
  readonly method: string;
  readonly url: string;
}

/** What one insight says of a trace or a step. */
export type InsightOutcome =
  | { readonly id: InsightId; readonly status: 'clear' | 'found' }
  | { readonly id: InsightId; readonly status: 'unavailable'; readonly reason: UnavailableReason }
  /** A bug of ours, which took this insight with it and no other. */
  | { readonly id: InsightId; readonly status: 'failed'; readonly message: string };
