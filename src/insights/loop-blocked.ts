import { between, later, type Micro, micro, type TraceTime } from '../base/units.ts';
import type { LoopBlocked } from '../timeline/server/server-trace.ts';

/** For how long the server's event loop was blocked between two moments. Its blocks never overlap: a loop does one thing at a time. */
export function loopBlockedBetween(blocks: readonly LoopBlocked[], start: TraceTime, end: TraceTime): Micro {
  const overlap = ({ start: from, duration }: LoopBlocked): number =>
    Math.max(0, Math.min(later(from, duration), end) - Math.max(from, start));
  return micro(blocks.reduce((sum, block) => sum + overlap(block), 0));
}

export const overlaps = ({ start: from, duration }: LoopBlocked, start: TraceTime, end: TraceTime): boolean =>
  between(from, end) > 0 && between(start, later(from, duration)) > 0;
