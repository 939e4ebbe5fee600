import { weakest } from '../evidence.ts';
import type { Chain } from '../chain.ts';
import type { Segment, SegmentKind } from '../segments.ts';
import { CLEAR, type Examined, found, type Insight, NOWHERE, type Outcome, type Subject } from './finding.ts';
import { NEARLY_ALL, NOTABLE } from './thresholds.ts';
import { endOf, segmentsOf, sumOf } from './waits.ts';
import { ms } from './words.ts';

export const waitedForNetworkOnly: Insight = {
  id: 'waited-for-network-only',
  title: 'The interaction waited for nothing but the response',
  advice:
    'Fetch sooner (on hover, or with the page), keep what was fetched, send less, or serve it from nearer.',
  examine: networkOf,
};

const OF_NETWORK: readonly SegmentKind[] = [
  'redirect',
  'queueing',
  'connection',
  'sending',
  'network',
  'download',
];
/** The server's time may be in them. */
const OF_EITHER: readonly SegmentKind[] = ['waiting', 'serverQueueOrNetwork'];

function networkOf({ interaction, chain }: Subject, { server, synchronous }: Examined): Outcome {
  // Then the page was not free to do anything else, which is another finding.
  if (chain.segments.some(({ request }) => request !== undefined && synchronous.has(request))) return CLEAR;
  const network = segmentsOf(chain, ...OF_NETWORK);
  if (isNearlyAll(network, chain)) {
    return outcome(network, interaction, {
      evidence: weakest(...network.map(({ evidence }) => evidence)),
      rest: 'went into the network, while neither event loop had anything to do with it',
    });
  }
  const either = segmentsOf(chain, ...OF_NETWORK, ...OF_EITHER);
  if (!isNearlyAll(either, chain)) return CLEAR;
  const unknown =
    server === undefined ? 'The server keeps no trace' : 'The server’s trace tells nothing of the request';
  return outcome(either, interaction, {
    evidence: 'guessed',
    rest: `passed until the response had come, while the page was free. ${unknown}, so how much of that was its own time is not known`,
  });
}

function isNearlyAll(segments: readonly Segment[], { segments: all }: Chain): boolean {
  const own = sumOf(segments);
  return own >= NOTABLE && own >= NEARLY_ALL * sumOf(all);
}

function outcome(
  segments: readonly Segment[],
  interaction: Subject['interaction'],
  { evidence, rest }: { readonly evidence: Segment['evidence']; readonly rest: string },
): Outcome {
  const [first] = segments;
  const last = segments.at(-1);
  if (first === undefined || last === undefined) return CLEAR;
  const explains = sumOf(segments);
  return found([
    {
      insight: 'waited-for-network-only',
      interaction,
      start: first.start,
      end: endOf(last),
      explains,
      evidence,
      sentence: `${ms(explains)} ${rest}.`,
      where: { ...NOWHERE, requests: [...new Set(segments.flatMap(({ request }) => request ?? []))] },
    },
  ]);
}
