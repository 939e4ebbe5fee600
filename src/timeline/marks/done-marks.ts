import { DONE_MARK, doneMark } from '../../base/done-mark.ts';
import type { TraceTime } from '../../base/units.ts';
import type { Handler } from '../handler.ts';
import { MARK_PHASES } from './user-timings.ts';

/** When a page said that a result was there. */
export interface DoneMark {
  readonly pid: number;
  readonly ts: TraceTime;
}

/** @param steps The scenario's. */
export function doneMarks(steps: readonly string[]): Handler<readonly DoneMark[]> {
  const marks: DoneMark[] = [];
  return {
    watches: [DONE_MARK, ...steps.map(doneMark)],
    handle({ pid, ts, phase }) {
      if (MARK_PHASES.has(phase)) marks.push({ pid, ts });
    },
    finish: () => marks.toSorted((a, b) => a.ts - b.ts),
  };
}
