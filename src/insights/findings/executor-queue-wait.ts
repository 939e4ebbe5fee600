import { covered } from '../covered.ts';
import { CLEAR, found, type Insight, NOWHERE, type Outcome, type Subject } from './finding.ts';
import { LOOP_BLOCK } from './thresholds.ts';
import { ofWaits, type ServerWait } from './waits.ts';
import { counted, ms } from './words.ts';

export const executorQueueWait: Insight = {
  id: 'executor-queue-wait',
  title: 'The server waited for a thread of its executor',
  advice:
    'Give the work a thread of its own where it may have one, such as sync_to_async(…, thread_sensitive=False), or more threads.',
  examine: ofWaits(LOOP_BLOCK, queuedIn),
};

function queuedIn(wait: ServerWait, { interaction }: Subject): Outcome {
  const { request, trace, start, end, match, evidence } = wait;
  const { id } = match.request;
  const own = trace.executorWaits.filter((queued) => id !== '' && queued.request === id);
  const explains = covered(own, start, end);
  if (explains < LOOP_BLOCK) return CLEAR;
  const longest = own.toSorted((a, b) => b.duration - a.duration)[0];
  return found([
    {
      insight: 'executor-queue-wait',
      interaction,
      start,
      end,
      explains,
      evidence,
      sentence: `Work for this request waited ${counted(own.length, 'time', 'times')} for a thread, ${ms(explains)} in all, while other work had it.`,
      where: { ...NOWHERE, requests: [request], serverName: longest?.name },
    },
  ]);
}
