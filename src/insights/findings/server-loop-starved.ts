import type { LoopBlocked } from '../../timeline/server/server-trace.ts';
import { isStarved } from '../loop-blocked.ts';
import { CLEAR, found, type Insight, NOWHERE, type Outcome, type Subject } from './finding.ts';
import { loopBlocks, processorShare } from './loop-blocks.ts';
import { NOTABLE } from './thresholds.ts';
import { ofWaits, type ServerWait } from './waits.ts';
import { ms } from './words.ts';

export const serverLoopStarved: Insight = {
  id: 'server-loop-starved',
  title: "The server's event loop stood still, and nothing of its own was seen to hold it",
  advice:
    'Look at what else wants the processor: threads of the same process, which in Python take turns, and other programs. More processes of the server help where the machine has processors for them.',
  examine: ofWaits(NOTABLE, starvedIn),
};

function starvedIn(wait: ServerWait, { interaction }: Subject): Outcome {
  const blocks = loopBlocks(wait, isStarved);
  if (blocks === undefined) return CLEAR;
  const { request, start, end, match, evidence } = wait;
  return found([
    {
      insight: 'server-loop-starved',
      interaction,
      start,
      end,
      explains: blocks.explains,
      evidence,
      sentence: `While the request waited the server's event loop did not turn for ${ms(blocks.explains)}, though nothing that ran on it was seen${shareOf(blocks.worst)}.`,
      where: { ...NOWHERE, requests: [request], serverName: match.request.route },
    },
  ]);
}

/** Undefined is no 0: whether it had a processor is then not known, and the sentence says so. */
const shareOf = ({ cpu, duration }: LoopBlocked): string =>
  cpu === undefined
    ? '; whether it had a processor is not known'
    : `: at its longest it had the processor for ${processorShare(cpu, duration)}`;
