import { type Finding, found, type Insight, NOWHERE } from './finding.ts';
import { longTaskDelays } from './long-task-delays.ts';
import { ms } from './words.ts';

export const longTaskDelayedInput: Insight = {
  id: 'long-task-delayed-input',
  title: 'The input came while a long task held the main thread',
  advice: 'Break up the long task, so that an input gets its turn, or do its work when nobody is waiting.',
  examine: ({ interaction }, given) => {
    const { start: from, processingStart } = interaction;
    const delays = longTaskDelays(interaction, { start: from, end: processingStart }, given);
    return found(
      delays.map(({ start, end, delay, duration, code }): Finding => ({
        insight: 'long-task-delayed-input',
        interaction,
        start,
        end,
        explains: delay,
        evidence: given.facts.precision === 'microsecond' ? 'proven' : 'inferred',
        sentence: `The input waited ${ms(delay)} for the end of a task of ${ms(duration)} before its handlers could run.`,
        where: { ...NOWHERE, code },
      })),
    );
  },
};
