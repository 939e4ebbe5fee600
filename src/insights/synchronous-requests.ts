import { later, type TraceTime } from '../base/units.ts';
import { threadKey } from '../timeline/callback-table.ts';
import type { Facts } from '../timeline/facts.ts';
import type { Request } from '../timeline/requests.ts';
import type { Task } from '../timeline/tasks.ts';
import type { Thread } from '../timeline/threads.ts';

type Given = Pick<Facts, 'requests' | 'xhrEvents' | 'scriptPauses' | 'tasks'>;

/**
 * Finds the synchronous XMLHttpRequests. Chrome does not flag them, but only they are answered within the task that sent
 * them: their handlers run in it, or the script that it runs was paused until the answer.
 */
export function synchronousRequests({
  requests,
  xhrEvents,
  scriptPauses,
  tasks,
}: Given): ReadonlySet<Request> {
  const done = Map.groupBy(
    xhrEvents.filter(({ isDone }) => isDone),
    (event) => xhrKey(event, event.url),
  );
  const pauses = Map.groupBy(scriptPauses, threadKey);
  return new Set(
    requests.filter((request) => {
      if (!mayBeXhr(request)) return false;
      const { sent, response, url } = request;
      const task = tasks.outermostAt(request, sent);
      const isIn = (ts: TraceTime): boolean => task !== undefined && contains(task, ts);
      const isHandled = (done.get(xhrKey(request, url)) ?? []).some(({ ts }) => ts >= sent && isIn(ts));
      const isPaused = (pauses.get(threadKey(request)) ?? []).some(({ ts }) => ts <= sent && isIn(ts));
      return isHandled || (isPaused && response !== undefined && isIn(response.seen));
    }),
  );
}

/** One that was aborted at once is done within its task too, but nothing answers it. */
const mayBeXhr = ({ response, initiator: { fetchType, hasStack } }: Request): boolean =>
  response !== undefined && (fetchType === undefined ? hasStack : fetchType === 'xmlhttprequest');

const xhrKey = (thread: Thread, url: string): string => `${threadKey(thread)}|${url}`;

const contains = ({ start, duration }: Task, ts: TraceTime): boolean =>
  ts >= start && ts <= later(start, duration);
