import type { Micro } from '../base/units.ts';
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
