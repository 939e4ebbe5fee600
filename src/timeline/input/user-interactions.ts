import { fromMs, type Micro, type TraceTime } from '../../base/units.ts';
import { numberIn, stringIn } from '../../trace/json.ts';
import type { Handler } from '../handler.ts';

/** Chrome's own figure of one interaction. It does not say of which. */
export interface UserInteraction {
  readonly pid: number;
  readonly frame: string;
  readonly ts: TraceTime;
  readonly isKeyboard: boolean;
  /** Of its slowest event, in whole milliseconds. */
  readonly maxDuration: Micro;
}

export function userInteractions(): Handler<readonly UserInteraction[]> {
  const found: UserInteraction[] = [];
  return {
    watches: ['Responsiveness.Renderer.UserInteraction'],
    handle(row) {
      const args = row.args();
      const maxDuration = numberIn(args, 'data', 'maxDuration');
      if (maxDuration === undefined) return;
      found.push({
        pid: row.pid,
        frame: stringIn(args, 'frame') ?? '',
        ts: row.ts,
        isKeyboard: stringIn(args, 'data', 'interactionType') === 'keyboard',
        maxDuration: fromMs(maxDuration),
      });
    },
    finish: () => found.toSorted((a, b) => a.ts - b.ts || a.maxDuration - b.maxDuration),
  };
}
