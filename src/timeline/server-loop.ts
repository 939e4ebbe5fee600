import { micro, type Micro, type TraceTime } from '../base/units.ts';
import { stringIn } from '../trace/json.ts';
import type { Handler } from './handler.ts';

/** A stretch in which the server's event loop could serve nobody. */
export interface LoopBlocked {
  readonly start: TraceTime;
  readonly duration: Micro;
  /** What held it, as the server says. */
  readonly by: string;
}

/** Blocks of a server's event loop, from the trace that the server itself kept. */
export function serverLoop(): Handler<readonly LoopBlocked[]> {
  const blocks: LoopBlocked[] = [];
  return {
    watches: ['inpact.loopBlocked'],
    handle(row) {
      const { duration } = row;
      if (row.phase !== 'X' || !(duration > 0)) return;
      blocks.push({ start: row.ts, duration: micro(duration), by: stringIn(row.args(), 'by') ?? 'unknown' });
    },
    finish: () => blocks.toSorted((a, b) => a.start - b.start),
  };
}
