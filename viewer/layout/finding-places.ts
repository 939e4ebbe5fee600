import type { InsightFinding } from '../../src/result/findings-result.ts';
import { plural } from './format.ts';
import { placeOf } from './span-card.ts';

const MOST_PLACES = 4;

/** Where to look for what a finding tells, a name and a value each: so many of a kind, and how many more there are. */
export function findingPlaces({
  where: { code, requests, sql, serverName },
}: Pick<InsightFinding, 'where'>): readonly (readonly [name: string, value: string])[] {
  const more = Math.max(0, code.length - MOST_PLACES) + Math.max(0, requests.length - MOST_PLACES);
  return [
    ...code
      .slice(0, MOST_PLACES)
      .map(
        ({ side, functionName, url, line }) =>
          [
            side === 'server' ? 'Server code' : 'Page code',
            [functionName, placeOf(url, line ?? 0)].filter((part) => part !== '').join(' '),
          ] as const,
      ),
    ...requests.slice(0, MOST_PLACES).map(({ method, url }) => ['Request', `${method} ${url}`] as const),
    ...(sql === null ? [] : [['Query', sql] as const]),
    ...(serverName === null ? [] : [['On the server', serverName] as const]),
    ...(more === 0 ? [] : [['', `and ${plural(more, 'other')}`] as const]),
  ];
}
