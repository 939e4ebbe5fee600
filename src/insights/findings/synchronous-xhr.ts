import { between, traceTime } from '../../base/units.ts';
import { answered } from '../critical-requests.ts';
import {
  CLEAR,
  type Examined,
  type Finding,
  found,
  type Insight,
  NOWHERE,
  type Outcome,
  type Subject,
} from './finding.ts';
import { pageCode } from './page-code.ts';
import { ONE_FRAME } from './thresholds.ts';
import { endOf } from './waits.ts';
import { ms } from './words.ts';

export const synchronousXhr: Insight = {
  id: 'synchronous-xhr',
  title: 'A synchronous XMLHttpRequest stopped the page',
  advice:
    'Ask with fetch() and go on when the answer is there: then the page can draw and take input meanwhile.',
  examine: synchronousOf,
};

/** From the sending until the answer the main thread stands still, whatever of that the server took. */
function synchronousOf({ interaction, chain }: Subject, { caused, synchronous }: Examined): Outcome {
  const [first] = chain.segments;
  const last = chain.segments.at(-1);
  if (first === undefined || last === undefined) return CLEAR;
  const own = (caused.get(interaction) ?? []).filter(({ request }) => synchronous.has(request));
  return found(
    own.flatMap(({ request }): readonly Finding[] => {
      const start = traceTime(Math.max(request.sent, first.start));
      const end = traceTime(Math.min(answered(request) ?? request.sent, endOf(last)));
      const explains = between(start, end);
      if (explains < ONE_FRAME) return [];
      return [
        {
          insight: 'synchronous-xhr',
          interaction,
          start,
          end,
          explains,
          // The main thread did nothing else from the sending to the answer, which no other request can do.
          evidence: 'proven',
          sentence: `The main thread stood still for ${ms(explains)} until the answer was there: it waited, and could neither draw nor take input.`,
          where: { ...NOWHERE, code: pageCode([request.initiator.place]), requests: [request] },
        },
      ];
    }),
  );
}
