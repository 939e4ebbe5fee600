import { type Judge, judgeImprovement, judgeLongTasks } from '../../src/index.ts';

/** What a team says before it measures, cut into the two statements that can be measured. */
export const LAB_CLAIMS: readonly Judge[] = [
  (evidence) =>
    judgeImprovement(
      {
        id: 'async-improves-inp',
        text: "Async ORM operations don't block, and improve INP by 50–200 ms.",
        metric: 'inpMs',
        alsoShow: ['icpMs'],
        atLeastMs: 50,
      },
      evidence,
    ),
  (evidence) =>
    judgeLongTasks(
      {
        id: 'long-tasks-show-synchronous-queries',
        text: 'Long blocking tasks in the trace indicate synchronous database calls.',
      },
      evidence,
    ),
];
