import type { TraceTime } from '../../base/units.ts';
import { at, numberIn, stringIn } from '../../trace/json.ts';
import type { Handler } from '../handler.ts';

/** Content that moved without being asked to. https://wicg.github.io/layout-instability/ */
export interface LayoutShift {
  readonly pid: number;
  readonly frame: string;
  readonly ts: TraceTime;
  /** By how much of the viewport, weighted by the share of the page that the frame takes. */
  readonly score: number;
  /** Within 500 ms of an input: expected, and not counted. */
  readonly hadRecentInput: boolean;
}

/** In order of time. */
export function layoutShifts(): Handler<readonly LayoutShift[]> {
  const shifts: LayoutShift[] = [];
  return {
    watches: ['LayoutShift'],
    handle(row) {
      const args = row.args();
      const data = at(args, 'data');
      const score = numberIn(data, 'weighted_score_delta') ?? numberIn(data, 'score');
      if (score === undefined) return;
      shifts.push({
        pid: row.pid,
        frame: stringIn(args, 'frame') ?? '',
        ts: row.ts,
        score,
        hadRecentInput: at(data, 'had_recent_input') === true,
      });
    },
    finish: () => shifts.toSorted((a, b) => a.ts - b.ts || a.score - b.score),
  };
}
