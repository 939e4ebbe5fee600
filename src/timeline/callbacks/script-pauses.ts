import { numberIn } from '../../trace/json.ts';
import type { Handler } from '../handler.ts';
import type { Moment } from '../threads/thread.ts';

/**
 * When scripts began that Chrome had to pause: for a dialog, or for a synchronous XMLHttpRequest.
 * https://w3c.github.io/long-animation-frames/#dom-performancescripttiming-pauseduration
 */
export function scriptPauses(): Handler<readonly Moment[]> {
  const pauses: Moment[] = [];
  return {
    watches: ['AnimationFrame::Script::Execute'],
    handle(row) {
      if (row.phase !== 'b') return;
      const pause = numberIn(row.args(), 'animation_frame_script_timing_info', 'pause_duration_ms');
      if (pause !== undefined && pause > 0) pauses.push({ pid: row.pid, tid: row.tid, ts: row.ts });
    },
    finish: () => pauses.toSorted((a, b) => a.ts - b.ts),
  };
}
