import { covered } from '../covered.ts';
import { type Finding, found, type Insight, NOWHERE, type Outcome, type Subject } from './finding.ts';
import { NOTABLE, REPEATED_QUERIES } from './thresholds.ts';
import { ofWaits, serverCode, type ServerWait } from './waits.ts';
import { ms } from './words.ts';

export const nPlusOneQueries: Insight = {
  id: 'n-plus-one-queries',
  title: 'One request asked the same query again and again',
  advice: 'Ask once for all rows: a join, an IN list, or in Django select_related and prefetch_related.',
  examine: ofWaits(NOTABLE, repeatedIn),
};

/** Queries without their literals: the same text is the same question about other rows. */
function repeatedIn(wait: ServerWait, { interaction }: Subject): Outcome {
  const { request, trace, start, end, match, evidence } = wait;
  const { id, route } = match.request;
  const own = trace.queries.filter((query) => id !== '' && query.request === id);
  const bySql = Map.groupBy(own, ({ sql }) => sql);
  return found(
    Array.from(bySql, ([sql, queries]): readonly Finding[] => {
      const explains = covered(queries, start, end);
      if (queries.length < REPEATED_QUERIES || explains < NOTABLE) return [];
      const stack = queries.find((query) => query.stack.length > 0)?.stack ?? [];
      return [
        {
          insight: 'n-plus-one-queries',
          interaction,
          start,
          end,
          explains,
          evidence,
          sentence: `The server ran one query ${String(queries.length)} times for this request, which took ${ms(explains)}.`,
          where: { ...NOWHERE, code: serverCode(stack), requests: [request], sql, serverName: route },
        },
      ];
    }).flat(),
  );
}
