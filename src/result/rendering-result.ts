import type { Measure, Unavailable } from '../base/measure.ts';

/** Animation frames of all threads. https://www.w3.org/TR/long-animation-frames/ */
export interface AnimationFrames {
  readonly count: number;
  /** Of 50 ms or more: what the web's API calls long. */
  readonly over50Count: number;
  /** At most twenty, the longest first. */
  readonly longest: readonly AnimationFrame[];
}

export interface AnimationFrame {
  readonly startMs: number;
  readonly durationMs: number;
  /** As Chrome counts it: what the frame's tasks, with rendering added to the longest, have over 50 ms. */
  readonly blockingMs: Measure<'not-recorded'>;
  readonly renderStartMs: Measure<'no-rendering'>;
  readonly styleAndLayoutStartMs: Measure<'no-rendering'>;
  readonly firstUiEventMs: Measure<'no-input'>;
  readonly presentedMs: Measure<'not-presented'>;
  /** How many scripts ran for 5 ms or more. */
  readonly scriptCount: number;
  /** At most twenty, the longest first. */
  readonly scripts: readonly FrameScript[];
}

export interface FrameScript {
  readonly startMs: number;
  readonly durationMs: number;
  /** `EVENT_HANDLER`, `PROMISE_RESOLVE`, … */
  readonly invokerType: string;
  /** What called it, and by which name: `BUTTON`, `click`. Empty where there is none. */
  readonly invokerClass: string;
  readonly invokerProperty: string;
  readonly url: string;
  readonly functionName: string;
  /** Where the function stands in its source. */
  readonly charPosition: Measure<'unknown'>;
  readonly forcedStyleMs: number;
  readonly forcedLayoutMs: number;
  /** In a dialog or a synchronous request. */
  readonly pauseMs: number;
}

/** Style and layout that scripts made the browser do at once, on all threads. */
export interface ForcedReflows {
  readonly count: number;
  /** Those inside others are counted once. */
  readonly totalMs: number;
  /** The same by DevTools' rule, thread by thread: only those inside JavaScript events, durations added plainly. */
  readonly nestedCount: number;
  readonly nestedMs: number;
  /** At most twenty, the longest first. */
  readonly worst: readonly ForcedReflow[];
}

export interface ForcedReflow {
  readonly kind: 'style' | 'layout';
  readonly startMs: number;
  readonly durationMs: number;
  /** The line that asked for it, counted from 1. Empty where none was recorded. */
  readonly url: string;
  readonly line: Measure<'not-recorded'>;
  readonly functionName: string;
  /** `stack` names the very line, `profile` only the function: its line is where the function begins. */
  readonly lineFrom: 'stack' | 'profile' | 'nowhere';
  /** The line that had made style or layout out of date. */
  readonly dirtiedBy: SourceLine | Unavailable<'not-recorded'>;
}

/** A line of a script, counted from 1. */
export interface SourceLine {
  readonly url: string;
  readonly line: Measure<'not-recorded'>;
  readonly functionName: string;
}

/** Rendering work of the page's main threads. */
export interface StyleAndLayout {
  readonly style: RenderingWork;
  readonly layout: RenderingWork;
  readonly prePaint: RenderingWork;
  readonly paint: RenderingWork;
  /** Changes to the document by interaction. At most twenty, the most changes first. */
  readonly domModifications: readonly InteractionDomModifications[] | Unavailable<'not-recorded'>;
}

export interface RenderingWork {
  readonly count: number;
  readonly totalMs: number;
  readonly longestMs: number;
}

export interface InteractionDomModifications {
  readonly interactionId: number;
  readonly startMs: number;
  readonly count: number;
}

/** Content of the page that moved without being asked to. */
export interface LayoutShifts {
  /** Without those that follow an input. */
  readonly count: number;
  /** The worst session's sum. https://web.dev/articles/cls */
  readonly cumulativeScore: number;
  /** At most twenty, the largest first. */
  readonly worst: readonly LayoutShift[];
}

export interface LayoutShift {
  readonly startMs: number;
  readonly score: number;
}
