import { lastWhere } from '../../base/last-where.ts';
import { between, later, micro, type Micro, traceTime, type TraceTime } from '../../base/units.ts';
import { covered } from '../covered.ts';
import { answered } from '../critical-requests.ts';
import type { CausalEvidence } from '../evidence.ts';
import { forcedWithin } from '../forced-within.ts';
import { runningCode } from '../running-code.ts';
import type { SegmentKind } from '../segments.ts';
import { type Examined, type Finding, found, type Insight, NOWHERE, type Subject } from './finding.ts';
import { pageCode } from './page-code.ts';
import { NOTABLE } from './thresholds.ts';
import { endOf, segmentsOf } from './waits.ts';
import { ms } from './words.ts';

export const handlerTooLong: Insight = {
  id: 'handler-too-long',
  title: 'The page’s own code ran for too long',
  advice:
    'Do less, do it in a worker, or show a first result and give the page a turn (scheduler.yield) before the rest.',
  examine: (subject, given) => found(ranFor(subject, given).flatMap((ran) => findingOf(ran, subject, given))),
};

/** A stretch in which code ran for the interaction. */
interface Ran {
  readonly kind: Extract<SegmentKind, 'handler' | 'responseHandler' | 'callback'>;
  readonly start: TraceTime;
  readonly end: TraceTime;
  readonly evidence: CausalEvidence;
}

/** Its handlers as Chrome timed them, up to the paint that they held up, and what the chain shows to have run later. */
function ranFor({ interaction, chain }: Subject, { facts }: Examined): readonly Ran[] {
  const handlers = interaction.handled.map(({ processingStart, processingEnd }): Ran => ({
    kind: 'handler',
    start: processingStart,
    end: traceTime(Math.min(processingEnd, interaction.end)),
    evidence: facts.precision === 'microsecond' ? 'proven' : 'inferred',
  }));
  const putOff = segmentsOf(chain, 'responseHandler', 'callback').map((segment): Ran => ({
    kind: segment.kind === 'callback' ? 'callback' : 'responseHandler',
    start: segment.start,
    end: endOf(segment),
    evidence: segment.evidence,
  }));
  // Events of one press may have run the same handlers' time.
  return [...new Map([...handlers, ...putOff].map((ran) => [ran.start, ran])).values()];
}

const SUBJECT: Readonly<Record<Ran['kind'], string>> = {
  handler: 'The interaction’s handlers',
  responseHandler: 'The code that worked on the response',
  callback: 'Code that the handlers had put off',
};

function findingOf(ran: Ran, { interaction }: Subject, given: Examined): readonly Finding[] {
  const { kind, start, end, evidence } = ran;
  if (between(start, end) < NOTABLE) return [];
  const explains = worked(ran, interaction, given);
  if (explains < NOTABLE) return [];
  return [
    {
      insight: 'handler-too-long',
      interaction,
      start,
      end,
      explains,
      evidence,
      sentence: `${SUBJECT[kind]} ran for ${ms(between(start, end))}, ${ms(explains)} of it computing.`,
      where: { ...NOWHERE, code: pageCode(runningCode(interaction, ran, given)) },
    },
  ];
}

/** Without what it waited for, a synchronous request or a dialog, and without the style and layout that it forced. */
function worked(
  { start, end }: Ran,
  interaction: Subject['interaction'],
  { facts, synchronousOf }: Examined,
): Micro {
  const forced = forcedWithin(facts.forcedReflows, interaction, start, end);
  const waiting: { readonly start: TraceTime; readonly duration: Micro }[] = [];
  const requests = synchronousOf(interaction);
  // Nothing else is sent while the thread stands still: of those sent before, the last may go on into the stretch.
  const first = lastWhere(requests.length, (index) => (requests[index]?.sent ?? Infinity) <= start);
  for (let index = Math.max(0, first); index < requests.length; index++) {
    const request = requests[index];
    if (request === undefined || request.sent >= end) break;
    waiting.push({ start: request.sent, duration: between(request.sent, answered(request) ?? request.sent) });
  }
  const wall = between(start, end) - covered([...forced, ...waiting], start, end);
  let cpu = 0;
  facts.tasks.visitWithin(interaction, start, end, (from, duration, taskCpu) => {
    const overlap = Math.min(later(from, duration), end) - Math.max(from, start);
    cpu += Math.min(overlap, taskCpu ?? overlap);
  });
  // Where no task was recorded around it the clock has to do.
  return micro(cpu === 0 ? wall : Math.min(wall, cpu));
}
