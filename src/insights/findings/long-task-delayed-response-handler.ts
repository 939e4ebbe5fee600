import type { Segment } from '../segments.ts';
import { type Examined, type Finding, found, type Insight, NOWHERE, type Subject } from './finding.ts';
import { longTaskDelays } from './long-task-delays.ts';
import { endOf, segmentsOf } from './waits.ts';
import { ms } from './words.ts';

export const longTaskDelayedResponseHandler: Insight = {
  id: 'long-task-delayed-response-handler',
  title: 'The response was there, but a long task held the main thread',
  advice:
    'Break up the long task, or do its work at another time: the code that shows the response has to wait for its end.',
  examine: (subject, given) =>
    found(segmentsOf(subject.chain, 'mainThreadBusy').flatMap((busy) => delaysIn(busy, subject, given))),
};

function delaysIn(busy: Segment, { interaction, chain }: Subject, given: Examined): readonly Finding[] {
  const awaited = chain.segments.findLast(
    ({ start, request }) => start < busy.start && request !== undefined,
  )?.request;
  const delays = longTaskDelays(interaction, { start: busy.start, end: endOf(busy) }, given);
  return delays.map(({ start, end, delay, duration, code }) => ({
    insight: 'long-task-delayed-response-handler',
    interaction,
    start,
    end,
    explains: delay,
    evidence: busy.evidence,
    sentence: `The response waited ${ms(delay)} for the end of a task of ${ms(duration)} before the code that uses it could run.`,
    where: { ...NOWHERE, code, requests: awaited === undefined ? [] : [awaited] },
  }));
}
