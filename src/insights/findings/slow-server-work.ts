import { micro, type Micro } from '../../base/units.ts';
import type { ServerQuery } from '../../timeline/server/server-trace.ts';
import { covered } from '../covered.ts';
import { CLEAR, found, type Insight, NOWHERE, type Outcome, type Subject } from './finding.ts';
import { NOTABLE } from './thresholds.ts';
import { ofWaits, serverCode, type ServerWait } from './waits.ts';
import { ms } from './words.ts';

export const slowServerWork: Insight = {
  id: 'slow-server-work',
  title: 'The server worked on the request, its event loop free',
  advice: 'Make the work itself quicker: an index, fewer rows, a cache. Nobody else waits for it.',
  examine: ofWaits(NOTABLE, workIn),
};

function workIn(wait: ServerWait, { interaction }: Subject): Outcome {
  const { request, trace, start, end, match, evidence } = wait;
  const { id, route } = match.request;
  const from = match.request.start > start ? match.request.start : start;
  const to = match.request.headers < end ? match.request.headers : end;
  const queued = trace.executorWaits.filter((queue) => id !== '' && queue.request === id);
  // What held the loop, or waited for a thread, has an insight of its own.
  const explains = micro(to - from - covered([...trace.blocks, ...queued], from, to));
  if (explains < NOTABLE) return CLEAR;
  const queries = trace.queries.filter((query) => id !== '' && query.request === id && !query.onLoop);
  const inQueries = covered(queries, from, to);
  const [longest] = queries.toSorted((a, b) => covered([b], from, to) - covered([a], from, to));
  return found([
    {
      insight: 'slow-server-work',
      interaction,
      start: from,
      end: to,
      explains,
      evidence,
      sentence: `The server took ${ms(explains)} over the request without holding its event loop${partOf(longest, inQueries)}.`,
      where: {
        ...NOWHERE,
        code: serverCode(longest?.stack ?? []),
        requests: [request],
        sql: longest?.sql,
        serverName: route,
      },
    },
  ]);
}

const partOf = (longest: ServerQuery | undefined, inQueries: Micro): string =>
  longest === undefined ? '' : `, ${ms(inQueries)} of it in queries`;
