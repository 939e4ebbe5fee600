import type { Micro } from '../base/units.ts';
import type { Facts } from '../timeline/facts.ts';
import type { MainFrame } from '../timeline/page/main-frame.ts';
import type { Task, Tasks } from '../timeline/threads/tasks.ts';

/**
 * The page's outermost tasks, over all main threads that it ran on. Not clipped to the time for which each thread was the
 * page's: DevTools and Lighthouse count so, and what a thread did just before a commit delayed that commit.
 */
export function* mainThreadTasks(
  mainFrame: MainFrame | undefined,
  tasks: Tasks,
  longerThan?: Micro,
): Iterable<Task> {
  for (const thread of mainFrame?.threads ?? []) yield* tasks.outermostOf(thread, longerThan);
}

/** Whether any was recorded. No page lives without one: a trace that has none was recorded without their category. */
export const hasTasks = ({ mainFrame, tasks }: Pick<Facts, 'mainFrame' | 'tasks'>): boolean =>
  mainFrame?.threads.some((thread) => tasks.outermostCount(thread) > 0) ?? false;
