import { between, later, type Micro, micro, type TraceTime } from '../base/units.ts';
import type { LoopBlocked } from '../timeline/server/server-trace.ts';

/** For how long the server's event loop was blocked between two moments. Its blocks never overlap: a loop does one thing at a time. */
export function loopBlockedBetween(blocks: readonly LoopBlocked[], start: TraceTime, end: TraceTime): Micro {
  const overlap = ({ start: from, duration }: LoopBlocked): number =>
    Math.max(0, Math.min(later(from, duration), end) - Math.max(from, start));
  return micro(blocks.reduce((sum, block) => sum + overlap(block), 0));
}

/**
 * Whether the loop could not run, rather than that something held it: nothing of its own was seen to run, and its thread did not
 * have a processor for as much as half of the time. One that had a processor ran something, even if nobody saw what. Code that
 * was seen and had no processor held the loop nevertheless: it waited for a file, a lock, another program.
 */
export const isStarved = ({ kind, cpu, duration }: LoopBlocked): boolean =>
  kind === 'unknown' && (cpu === undefined || lacksProcessor(cpu, duration));

/** Whether a thread had a processor for less than half of the time. */
export const lacksProcessor = (cpu: Micro, duration: Micro): boolean => cpu * 2 < duration;

export const overlaps = ({ start: from, duration }: LoopBlocked, start: TraceTime, end: TraceTime): boolean =>
  between(from, end) > 0 && between(start, later(from, duration)) > 0;
