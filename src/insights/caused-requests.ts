import { lastWhere } from '../base/last-where.ts';
import { fromMs, type Micro, micro } from '../base/units.ts';
import { type CallbackKind, type CallbackRuns, type Moment, threadKey } from '../timeline/callback-table.ts';
import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/interactions.ts';
import type { Precision } from '../timeline/precision.ts';
import type { Request } from '../timeline/requests.ts';

/**
 * How sure a link between cause and effect is. `proven`: Chrome itself says so. `inferred`: the code that sent the request
 * ran in a handler of the interaction, or was asked for there. `guessed`: by time alone.
 */
export type CausalEvidence = 'proven' | 'inferred' | 'guessed';

/** A request that an interaction's handlers sent, themselves or by what they asked for. */
export interface CausedRequest {
  readonly request: Request;
  readonly evidence: CausalEvidence;
  /** What lay between the handler and the sending, in order of time. Empty where the handler sent it. */
  readonly through: readonly CallbackKind[];
}

type Given = Pick<Facts, 'interactions' | 'requests' | 'callbackRuns' | 'precision'>;

/**
 * Finds which interaction sent each request that code sent: the sending, or what led to it by the ids of callbacks, must lie
 * in the time of a handler of the interaction, on its thread. What comes after a promise is left out: without the
 * debugger's async stacks nothing in a trace tells whose it is.
 */
export function causedRequests({
  interactions,
  requests,
  callbackRuns,
  precision,
}: Given): ReadonlyMap<Interaction, readonly CausedRequest[]> {
  const caused = new Map<Interaction, CausedRequest[]>();
  const blurred = precision !== 'microsecond';
  const handlers = Map.groupBy(handlersOf(interactions, BLUR[precision]), ({ interaction }) =>
    threadKey(interaction),
  );
  for (const request of requests) {
    // Without a stack no code ran: the parser, for one, may send while a handler is timed.
    const found = request.initiator.hasStack ? causeOf(request, handlers, callbackRuns) : undefined;
    if (found === undefined) continue;
    const own = caused.get(found.interaction) ?? [];
    caused.set(found.interaction, own);
    own.push({ request, evidence: blurred ? 'guessed' : 'inferred', through: found.through });
  }
  return caused;
}

/** By how much the times of handlers may be off, either way. */
const BLUR: Readonly<Record<Precision, Micro>> = {
  microsecond: micro(1),
  'parts-in-milliseconds': fromMs(1),
  'steps-of-8-milliseconds': fromMs(1),
};

/** The time in which the handlers of one event of an interaction ran. */
interface HandlerWindow {
  readonly interaction: Interaction;
  readonly from: number;
  readonly to: number;
}

/** By thread, in order of time. */
type Handlers = ReadonlyMap<string, readonly HandlerWindow[]>;

const handlersOf = (interactions: readonly Interaction[], blur: Micro): readonly HandlerWindow[] =>
  interactions
    .flatMap((interaction) =>
      interaction.handled.map(({ processingStart, processingEnd }) => ({
        interaction,
        from: processingStart - blur,
        to: processingEnd + blur,
      })),
    )
    .toSorted((a, b) => a.from - b.from || a.to - b.to);

interface Cause {
  readonly interaction: Interaction;
  readonly through: readonly CallbackKind[];
}

function causeOf({ pid, tid, sent }: Request, handlers: Handlers, runs: CallbackRuns): Cause | undefined {
  const sending: Moment = { pid, tid, ts: sent };
  const direct = handlerAt(handlers, sending);
  if (direct !== undefined) return { interaction: direct.interaction, through: [] };
  const through: CallbackKind[] = [];
  for (const { kind, scheduled } of runs.chainOf(sending)) {
    through.unshift(kind);
    const handler = handlerAt(handlers, scheduled);
    if (handler !== undefined) return { interaction: handler.interaction, through };
  }
  return undefined;
}

/** So many handlers may have begun between the start of one and a moment within it. */
const DEEPEST = 64;

/** Of several, the one that began last: a handler may make an event happen, whose handlers then run inside. */
function handlerAt(handlers: Handlers, moment: Moment): HandlerWindow | undefined {
  const own = handlers.get(threadKey(moment)) ?? [];
  const last = lastWhere(own.length, (index) => (own[index]?.from ?? Infinity) <= moment.ts);
  return own.slice(Math.max(0, last - DEEPEST), last + 1).findLast(({ to }) => moment.ts <= to);
}
