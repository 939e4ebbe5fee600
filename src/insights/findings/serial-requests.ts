import { micro, type Micro } from '../../base/units.ts';
import type { Request } from '../../timeline/network/requests.ts';
import type { Chain } from '../chain.ts';
import { found, type Finding, type Insight, NOWHERE, type Subject } from './finding.ts';
import { pageCode } from './page-code.ts';
import { NOTABLE } from './thresholds.ts';
import { endOf, sumOf } from './waits.ts';
import { counted, ms } from './words.ts';

export const serialRequests: Insight = {
  id: 'serial-requests',
  title: 'Requests waited for each other',
  advice: 'If the later one needs nothing of the earlier one’s answer, send both at once, with Promise.all.',
  examine: (subject) => found(runsOf(subject.chain).flatMap((run) => findingOf(run, subject))),
};

/** One request of the chain with the time that it took in it. */
interface Link {
  readonly request: Request;
  readonly segments: Chain['segments'];
}

/** Stretches of the chain in which one request follows the other, though nothing that a trace shows asks for it. */
function runsOf({ segments }: Chain): readonly (readonly Link[])[] {
  const byRequest = Map.groupBy(
    segments.filter(({ request }) => request !== undefined),
    ({ request }) => request,
  );
  const runs: Link[][] = [];
  for (const [request, own] of byRequest) {
    if (request === undefined) continue;
    const run = runs.at(-1);
    const before = run?.at(-1)?.request;
    const link = { request, segments: own };
    if (run !== undefined && before !== undefined && isIndependent(before, request)) run.push(link);
    else runs.push([link]);
  }
  return runs.filter(({ length }) => length > 1);
}

/**
 * Whether nothing shows that the second needs the first. What a request writes the next may read, what is drawn was named by
 * an answer, and an address that goes on from another one's (`/orders`, `/orders/17`) was most likely found in its answer.
 */
const isIndependent = (first: Request, second: Request): boolean =>
  isReading(first) &&
  isReading(second) &&
  second.resourceType !== 'Image' &&
  !pathOf(second.url).startsWith(`${pathOf(first.url).replace(/\/$/, '')}/`);

const isReading = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';
const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? '';

function findingOf(run: readonly Link[], { interaction }: Subject): readonly Finding[] {
  const segments = run.flatMap((link) => link.segments);
  const [first] = segments;
  const last = segments.at(-1);
  const lengths = run.map((link): Micro => sumOf(link.segments));
  const explains = micro(lengths.reduce((sum, length) => sum + length, 0) - Math.max(...lengths));
  if (first === undefined || last === undefined || explains < NOTABLE) return [];
  return [
    {
      insight: 'serial-requests',
      interaction,
      start: first.start,
      end: endOf(last),
      explains,
      // A trace shows when requests were sent, and not what their code needed to know.
      evidence: 'guessed',
      sentence: `${counted(run.length, 'request', 'requests')} went one after the other. Side by side they would take ${ms(explains)} less, if none needs what another brings.`,
      where: {
        ...NOWHERE,
        code: pageCode(run.slice(1).map(({ request }) => request.initiator.place)),
        requests: run.map(({ request }) => request),
      },
    },
  ];
}
