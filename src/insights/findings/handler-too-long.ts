import { between, later, micro, type Micro, traceTime, type TraceTime } from '../../base/units.ts';
import { threadKey } from '../../timeline/thread-key.ts';
import type { CausalEvidence } from '../caused-requests.ts';
import { covered } from '../covered.ts';
import { answered } from '../critical-requests.ts';
import { longestCall } from '../longest-call.ts';
import { forcedWithin } from '../pipeline.ts';
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
  const explains = worked(ran, interaction, given);
  if (explains < NOTABLE) return [];
  const events = given.facts.threadEvents.get(threadKey(interaction));
  return [
    {
      insight: 'handler-too-long',
      interaction,
      start,
      end,
      explains,
      evidence,
      sentence: `${SUBJECT[kind]} ran for ${ms(between(start, end))} in one go, ${ms(explains)} of it computing.`,
      where: { ...NOWHERE, code: pageCode([longestCall(events, start, end)]) },
    },
  ];
}

/** Without what it waited for, a synchronous request or a dialog, and without the style and layout that it forced. */
function worked(
  { start, end }: Ran,
  interaction: Subject['interaction'],
  { facts, synchronous }: Examined,
): Micro {
  if (end <= start) return micro(0);
  const forced = forcedWithin(facts.forcedReflows, interaction, start, end);
  const waiting = [...synchronous]
    .filter(({ pid, tid }) => pid === interaction.pid && tid === interaction.tid)
    .map((request) => ({
      start: request.sent,
      duration: between(request.sent, answered(request) ?? request.sent),
    }));
  const wall = between(start, end) - covered([...forced, ...waiting], start, end);
  const task = facts.tasks.outermostAt(interaction, start);
  if (task?.cpu === undefined || later(task.start, task.duration) <= start) return micro(wall);
  return micro(Math.min(wall, task.cpu));
}
