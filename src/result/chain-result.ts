import type { CausalEvidence } from '../insights/evidence.ts';
import type { IcpSource } from '../insights/interaction-result.ts';
import type { SegmentKind } from '../insights/segments.ts';

/** Where the time from an input to its result went. */
export interface Chain {
  /** What it follows the interaction to: `contentful-paint` or `user-mark` for ICP, `next-paint` for the interaction's own duration. */
  readonly endsWith: IcpSource | 'next-paint';
  /** In order of time, without overlap. Their durations add up to the whole. */
  readonly segments: readonly ChainSegment[];
}

export interface ChainSegment {
  readonly kind: SegmentKind;
  readonly startMs: number;
  readonly durationMs: number;
  /** How sure it is that this is what the time went into. */
  readonly evidence: CausalEvidence;
  /** The index of its request in the `requests` beside, or null. */
  readonly request: number | null;
}
