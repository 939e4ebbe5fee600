import { type Micro, micro } from '../../base/units.ts';
import type { LoopBlocked } from '../../timeline/server/server-trace.ts';
import { covered } from '../covered.ts';
import { loopBlockedBetween, overlaps } from '../loop-blocked.ts';
import { NOTABLE } from './thresholds.ts';
import type { ServerWait } from './waits.ts';
import { ms } from './words.ts';

/** Blocks of the server's loop within one wait. */
export interface LoopBlocks {
  readonly explains: Micro;
  /** The one that took most of it. */
  readonly worst: LoopBlocked;
}

/** Undefined where they are too short to be noticed. */
export function loopBlocks(
  { trace, start, end }: ServerWait,
  isMeant: (block: LoopBlocked) => boolean,
): LoopBlocks | undefined {
  const blocks = trace.blocks.filter((block) => isMeant(block) && overlaps(block, start, end));
  const explains = loopBlockedBetween(blocks, start, end);
  const within = (block: LoopBlocked): number => covered([block], start, end);
  const [worst] = blocks.toSorted((a, b) => within(b) - within(a));
  return worst === undefined || explains < NOTABLE ? undefined : { explains, worst };
}

/** `3 ms of 60 ms`. The agents count from the loop's last turn, which may be a little before the block. */
export const processorShare = (cpu: Micro, duration: Micro): string =>
  `${ms(micro(Math.min(cpu, duration)))} of ${ms(duration)}`;
