import type { Micro } from '../../base/units.ts';
import type { LoopBlocked } from '../../timeline/server/server-trace.ts';
import { covered } from '../covered.ts';
import { loopBlockedBetween, overlaps } from '../loop-blocked.ts';
import { NOTABLE } from './thresholds.ts';
import type { ServerWait } from './waits.ts';

/** Blocks of the server's loop within one wait. */
export interface LoopBlocks {
  readonly explains: Micro;
  /** The one that took most of it. */
  readonly worst: LoopBlocked;
}

/** The server saw its loop stand still, and nothing that ran on it: so that it was starved, or what held it could not be seen. */
export const isUnnamed = ({ kind }: LoopBlocked): boolean => kind === 'unknown';

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
