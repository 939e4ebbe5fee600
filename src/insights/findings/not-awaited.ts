import { later, micro } from '../../base/units.ts';
import type { Request } from '../../timeline/network/requests.ts';
import type { NotAwaited } from '../../timeline/server/server-trace.ts';
import { weakest } from '../evidence.ts';
import type { ServerMatch } from '../server-requests.ts';
import { type Examined, type Finding, found, type Insight, NOWHERE, type Subject } from './finding.ts';
import { serverCode, unseen } from './waits.ts';

export const notAwaited: Insight = {
  id: 'not-awaited',
  title: 'A coroutine was made and never awaited, so nothing happened',
  advice: 'Put await before the call.',
  examine: (subject, given) => {
    const requests = requestsOf(subject, given);
    const [first] = requests;
    const { server } = given;
    const served = requests.flatMap((request) => {
      const match = server?.matches.get(request);
      return match === undefined ? [] : [{ request, match }];
    });
    // It takes no time, so that no wait is too short for it.
    if (first !== undefined && served.length === 0) return unseen(given, first);
    return found(
      served.flatMap((one) =>
        (server?.trace?.notAwaited ?? []).flatMap((seen) => findingOf(seen, one, subject)),
      ),
    );
  },
};

/** Whatever the interaction sent: it need not have waited for the answer. */
const requestsOf = ({ interaction, chain }: Subject, { caused }: Examined): readonly Request[] => [
  ...new Set([
    ...(caused.get(interaction) ?? []).map(({ request }) => request),
    ...chain.segments.flatMap(({ request }) => request ?? []),
  ]),
];

interface Served {
  readonly request: Request;
  readonly match: ServerMatch;
}

function findingOf(
  seen: NotAwaited,
  { request, match }: Served,
  { interaction }: Subject,
): readonly Finding[] {
  const { id, start, end } = match.request;
  const isNamed = id !== '' && seen.request === id;
  // Python says so when it throws the coroutine away, mostly as the request ends.
  const isWithin = seen.request === '' && seen.start >= start && seen.start <= end;
  if (!isNamed && !isWithin) return [];
  return [
    {
      insight: 'not-awaited',
      interaction,
      start: seen.start,
      end: later(seen.start, micro(0)),
      explains: micro(0),
      evidence: isNamed ? match.evidence : weakest(match.evidence, 'guessed'),
      sentence:
        'The server made a coroutine for this request and threw it away: what it was to do was not done.',
      where: { ...NOWHERE, code: serverCode(seen.stack), requests: [request], serverName: seen.name },
    },
  ];
}
