import { isUnavailable, type Measure } from '../base/measure.ts';
import type { LoadProblem } from './load-problems.ts';

/** A variant's figures as its page saw them, beside those of the trace. */
export interface CrossCheck {
  readonly variant: string;
  /** What watched in the page, with its version. */
  readonly library: string;
  /** INP of the last document, as the library reports it. */
  readonly page: Agreement;
  readonly steps: readonly CrossCheckedStep[];
  /** What went wrong in the loads of the check: what they should have shown is then unavailable. */
  readonly problems: readonly LoadProblem[];
}

export interface CrossCheckedStep {
  readonly step: string;
  /** Of the step's slowest interaction. */
  readonly inp: Agreement;
  readonly icp: Agreement;
}

/** One figure three times, in milliseconds. */
export interface Agreement {
  readonly traceMs: Measure;
  /** Of the same interaction of the same load, as the page saw it. */
  readonly pageMs: Measure;
  /** The page's less the trace's. */
  readonly differenceMs: Measure;
  /** Of the same step of a load that nothing traced, as the page saw it: it differs by what tracing costs, and by chance. */
  readonly untracedMs: Measure;
}

/** Chrome rounds a page's durations to this; what differs by more is not rounding. https://www.w3.org/TR/event-timing/ */
export const LARGEST_DIFFERENCE_MS = 8;

/** One of the figures that both have. */
export interface CheckedFigure {
  readonly variant: string;
  /** Null for the whole page. */
  readonly step: string | null;
  readonly metric: 'INP' | 'ICP';
  readonly agreement: Agreement;
}

/** All of them, each variant's whole page after its steps. */
export const checkedFigures = (checks: readonly CrossCheck[]): readonly CheckedFigure[] =>
  checks.flatMap(({ variant, page, steps }): readonly CheckedFigure[] => [
    ...steps.flatMap(({ step, inp, icp }): readonly CheckedFigure[] => [
      { variant, step, metric: 'INP', agreement: inp },
      { variant, step, metric: 'ICP', agreement: icp },
    ]),
    { variant, step: null, metric: 'INP', agreement: page },
  ]);

/** What page and trace do not agree about: a finding against the trace's reader. */
export const disagreements = (checks: readonly CrossCheck[]): readonly CheckedFigure[] =>
  checkedFigures(checks).filter(({ agreement: { differenceMs } }) => isLarge(differenceMs));

const isLarge = (difference: Measure): boolean =>
  !isUnavailable(difference) && Math.abs(difference) > LARGEST_DIFFERENCE_MS;
