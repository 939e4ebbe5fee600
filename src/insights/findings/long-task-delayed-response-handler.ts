import { between, later, micro, traceTime } from '../../base/units.ts';
import { isLong } from '../../metrics/blocking.ts';
import { runningCode } from '../running-code.ts';
import type { Segment } from '../segments.ts';
import { type Examined, type Finding, found, type Insight, NOWHERE, type Subject } from './finding.ts';
import { pageCode } from './page-code.ts';
import { ONE_FRAME } from './thresholds.ts';
import { endOf, segmentsOf } from './waits.ts';
import { ms } from './words.ts';

export const longTaskDelayedResponseHandler: Insight = {
  id: 'long-task-delayed-response-handler',
  title: 'The response was there, but a long task held the main thread',
  advice:
    'Break up the long task, or do its work at another time: the code that shows the response has to wait for its end.',
  examine: (subject, given) =>
    found(segmentsOf(subject.chain, 'mainThreadBusy').flatMap((busy) => delaysOf(busy, subject, given))),
};

function delaysOf(busy: Segment, { interaction, chain }: Subject, { facts }: Examined): readonly Finding[] {
  const awaited = chain.segments.findLast(
    ({ start, request }) => start < busy.start && request !== undefined,
  )?.request;
  const long = [...facts.tasks.outermostWithin(interaction, busy.start, endOf(busy))].filter(({ duration }) =>
    isLong(duration),
  );
  return long.flatMap((task): readonly Finding[] => {
    const start = traceTime(Math.max(task.start, busy.start));
    const end = traceTime(Math.min(later(task.start, task.duration), endOf(busy)));
    const explains = micro(between(start, end));
    if (explains < ONE_FRAME) return [];
    return [
      {
        insight: 'long-task-delayed-response-handler',
        interaction,
        start,
        end,
        explains,
        evidence: busy.evidence,
        sentence: `The response waited ${ms(explains)} for the end of a task of ${ms(task.duration)} before the code that uses it could run.`,
        where: {
          ...NOWHERE,
          code: pageCode(runningCode(interaction, { start, end }, facts)),
          requests: awaited === undefined ? [] : [awaited],
        },
      },
    ];
  });
}
