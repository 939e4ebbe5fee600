import type { Measure, Unavailable } from '../base/measure.ts';
import type { Stage } from '../insights/pipeline.ts';
import type { RenderingKind } from '../insights/rendering-work.ts';
import type { SegmentKind } from '../insights/segments.ts';

export type { RenderingKind, Stage };

/** How an interaction's time divides over script, data and rendering. The stages' wall times add up to ICP, or to its duration. */
export interface Pipeline {
  readonly stages: Readonly<Record<Stage, StageTime>>;
  readonly bottleneck: Bottleneck | Unavailable<'no-time'>;
  /** Between the input and the result, on the interaction's main thread. */
  readonly work: RenderingCost | Unavailable<'not-recorded'>;
}

export interface StageTime {
  readonly wallMs: number;
  /** Of the main thread: a stage whose `cpuMs` is far below its `wallMs` was waiting. From the tasks' by their share of wall time. */
  readonly cpuMs: Measure<'not-recorded'>;
}

/** The stage that took longest, and the kind of segment that took longest in it. */
export interface Bottleneck {
  readonly stage: Stage;
  readonly segment: SegmentKind;
  readonly wallMs: number;
}

/** What showing the result cost the main thread. */
export interface RenderingCost {
  /** By kind, forced or not; what lies in another kind is not counted twice. */
  readonly timesMs: Readonly<Record<RenderingKind, number>>;
  readonly layoutCount: number;
  /** Style and layout that scripts made the browser do at once. They are in `timesMs` too. */
  readonly forcedReflowCount: number;
  readonly forcedReflowMs: number;
  /** Changes to the document by the interaction's work, as Chrome counts them. */
  readonly domModifications: Measure<'not-recorded'>;
}
