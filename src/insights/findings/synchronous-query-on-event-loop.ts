import type { Micro, TraceTime } from '../../base/units.ts';
import type { ServerFrame, ServerRequest } from '../../timeline/server/server-trace.ts';
import { covered } from '../covered.ts';
import { type Finding, found, type Insight, NOWHERE, type Outcome, type Subject } from './finding.ts';
import { LOOP_BLOCK } from './thresholds.ts';
import { ofWaits, serverCode, type ServerWait } from './waits.ts';
import { counted, ms } from './words.ts';

export const synchronousQueryOnEventLoop: Insight = {
  id: 'synchronous-query-on-event-loop',
  title: "A synchronous query ran on the server's event loop",
  advice: "Use the database driver's or ORM's asynchronous calls, or run the query in a worker or thread.",
  examine: ofWaits(LOOP_BLOCK, queriesIn),
};

/** A stretch in which a query held the loop, as the server says. */
interface Held {
  readonly start: TraceTime;
  readonly duration: Micro;
  readonly sql: string;
  readonly request: string;
  readonly stack: readonly ServerFrame[];
}

/**
 * Only what the server itself calls a query counts: a view that computes holds the loop too, and a query that happens to run
 * in it is not to blame for that.
 */
function heldBy({ trace, start, end }: ServerWait): readonly Held[] {
  const queries = trace.queries.filter(({ onLoop }) => onLoop);
  const blocks = trace.blocks
    .filter(({ kind }) => kind === 'database')
    .map(({ by, ...block }) => ({ ...block, sql: by }));
  return [...queries, ...blocks].filter((held) => covered([held], start, end) > 0);
}

function queriesIn(wait: ServerWait, { interaction }: Subject): Outcome {
  const { request, start, end, match, evidence } = wait;
  const byQuery = Map.groupBy(heldBy(wait), ({ sql }) => sql);
  return found(
    Array.from(byQuery, ([sql, held]): Finding => {
      const explains = covered(held, start, end);
      const [longest] = held.toSorted((a, b) => b.duration - a.duration || b.stack.length - a.stack.length);
      const times = counted(new Set(held.map((query) => query.start)).size, 'time', 'times');
      return {
        insight: 'synchronous-query-on-event-loop',
        interaction,
        start,
        end,
        explains,
        evidence,
        sentence: `A query${whoseOf(held, match.request)} ran ${times} on the server's event loop and held it for ${ms(explains)} of this wait; nobody else was served meanwhile.`,
        where: {
          ...NOWHERE,
          code: serverCode(longest?.stack ?? []),
          requests: [request],
          sql,
          serverName: match.request.route,
        },
      };
    }).filter(({ explains }) => explains >= LOOP_BLOCK),
  );
}

/** Nothing, where the server does not say. */
function whoseOf(held: readonly Held[], { id }: ServerRequest): string {
  const known = held.filter(({ request }) => request !== '');
  if (known.length === 0 || id === '') return '';
  return known.some(({ request }) => request === id)
    ? ' of this request'
    : ' of another request than this one';
}
