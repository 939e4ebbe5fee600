import { lastWhere } from '../base/last-where.ts';
import { later, type TraceTime } from '../base/units.ts';
import type { Facts } from '../timeline/facts.ts';
import { type Request, xhrAddresses } from '../timeline/network/requests.ts';
import type { Task } from '../timeline/threads/tasks.ts';
import { type Moment, threadKey, type Thread } from '../timeline/threads/thread.ts';
import { mayBeMain } from '../timeline/threads/threads.ts';

type Given = Pick<Facts, 'mainThreads' | 'requests' | 'xhrEvents' | 'scriptPauses' | 'tasks'>;

/**
 * Finds the synchronous XMLHttpRequests. Chrome does not flag them, but only they are answered within the task that sent
 * them: their handlers run in it, or the script that it runs was paused until the answer. One that stops a worker stops no
 * page.
 */
export function synchronousRequests({
  mainThreads,
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
      if (!mayBeXhr(request) || !mayBeMain(mainThreads, request)) return false;
      const { sent, response } = request;
      const task = tasks.outermostAt(request, sent);
      const isIn = (ts: TraceTime | undefined): boolean =>
        task !== undefined && ts !== undefined && contains(task, ts);
      const isHandled = xhrAddresses(request).some((url) =>
        isIn(firstFrom(done.get(xhrKey(request, url)) ?? [], sent)),
      );
      const isPaused = isIn(lastUpTo(pauses.get(threadKey(request)) ?? [], sent));
      return isHandled || (isPaused && response !== undefined && isIn(response.seen));
    }),
  );
}

/** One that was aborted at once is done within its task too, but nothing answers it. */
const mayBeXhr = ({ response, initiator: { fetchType, hasStack } }: Request): boolean =>
  response !== undefined && (fetchType === undefined ? hasStack : fetchType === 'xmlhttprequest');

const xhrKey = (thread: Thread, url: string): string => `${threadKey(thread)}|${url}`;

/** The first of them, which are in order of time, that lies at a time or later. */
const firstFrom = (moments: readonly Moment[], time: TraceTime): TraceTime | undefined =>
  moments[lastWhere(moments.length, (index) => (moments[index]?.ts ?? Infinity) < time) + 1]?.ts;

/** The last of them that lies at a time or before. */
const lastUpTo = (moments: readonly Moment[], time: TraceTime): TraceTime | undefined =>
  moments[lastWhere(moments.length, (index) => (moments[index]?.ts ?? Infinity) <= time)]?.ts;

const contains = ({ start, duration }: Task, ts: TraceTime): boolean =>
  ts >= start && ts <= later(start, duration);
