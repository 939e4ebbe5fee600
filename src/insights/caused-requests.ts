import { lastWhere } from '../base/last-where.ts';
import { listUnder } from '../base/list-under.ts';
import { fromMs, type Micro, micro } from '../base/units.ts';
import { type CallbackKind, isNamedById } from '../timeline/callbacks/callback-kinds.ts';
import { type CallbackRun } from '../timeline/callbacks/callback-table.ts';
import type { Facts } from '../timeline/facts.ts';
import type { Interaction } from '../timeline/input/interactions.ts';
import type { Precision } from '../timeline/input/precision.ts';
import type { Request } from '../timeline/network/requests.ts';
import { type Moment, threadKey } from '../timeline/threads/thread.ts';
import { EventDispatches } from './event-dispatches.ts';
import { type CausalEvidence, weakest } from './evidence.ts';
import type { RunsOf } from './script-runs.ts';
import { TaskAttribution } from './task-attribution.ts';

/** A request that an interaction's handlers sent, themselves or by what they asked for. */
export interface CausedRequest {
  readonly request: Request;
  readonly evidence: CausalEvidence;
  /** What lay between the handler and the sending, in order of time. Empty where the handler sent it. */
  readonly through: readonly CallbackKind[];
  /** The request whose answer led to its sending. Undefined where none did. */
  readonly after: Request | undefined;
}

type Given = Pick<
  Facts,
  | 'interactions'
  | 'requests'
  | 'callbackRuns'
  | 'fetchRuns'
  | 'precision'
  | 'threadEvents'
  | 'contentfulPaints'
>;

/**
 * Finds which interaction sent each request that code sent: the sending, or what led to it by callbacks and answers, must lie
 * in the time of a handler of the interaction, on its thread. Where nothing leads there, Chrome's own attribution of the
 * code's changes to the document does.
 */
export function causedRequests(
  facts: Given,
  runsOf: RunsOf,
): ReadonlyMap<Interaction, readonly CausedRequest[]> {
  const search = new CauseSearch(facts, runsOf);
  const caused = new Map<Interaction, CausedRequest[]>();
  for (const request of facts.requests) {
    const found = search.causeOf(request, caused);
    if (found === undefined) continue;
    const { interaction, ...cause } = found;
    listUnder(caused, interaction).push({ request, ...cause });
  }
  return caused;
}

interface Cause extends Omit<CausedRequest, 'request'> {
  readonly interaction: Interaction;
}

class CauseSearch {
  readonly #facts: Given;
  readonly #handlers: Handlers;
  readonly #dispatches: EventDispatches;
  readonly #attribution: TaskAttribution;
  /** By thread and moment of sending. */
  readonly #requests: ReadonlyMap<string, Request>;

  constructor(facts: Given, runsOf: RunsOf) {
    this.#facts = facts;
    this.#handlers = Map.groupBy(handlersOf(facts.interactions, BLUR[facts.precision]), ({ interaction }) =>
      threadKey(interaction),
    );
    this.#dispatches = new EventDispatches(facts.threadEvents);
    this.#attribution = new TaskAttribution(facts, runsOf);
    this.#requests = new Map(facts.requests.map((request) => [sendingKey(request, request.sent), request]));
  }

  /** @param known What requests that were sent before are caused by. */
  causeOf(request: Request, known: ReadonlyMap<Interaction, readonly CausedRequest[]>): Cause | undefined {
    const { pid, tid, sent } = request;
    const sending: Moment = { pid, tid, ts: sent };
    const handler = this.#handlerAt(sending);
    const evidence = handler && this.#evidenceIn(handler, sending);
    // Without a stack no code ran: the parser, for one, may send while a handler is timed, though not within a dispatch.
    if (!request.initiator.hasStack && evidence !== 'proven') return undefined;
    if (handler !== undefined && evidence !== undefined) {
      return { interaction: handler.interaction, evidence, through: [], after: undefined };
    }
    const runs: CallbackRun[] = [];
    for (const run of this.#facts.callbackRuns.chainOf(sending)) {
      runs.unshift(run);
      const asking = this.#handlerAt(run.scheduled);
      if (asking !== undefined) return this.#through(runs, asking);
    }
    const interaction = this.#attribution.ownerAt(sending);
    return interaction && attributed(interaction, known.get(interaction) ?? [], sending);
  }

  #through(runs: readonly CallbackRun[], handler: HandlerWindow): Cause {
    const { interaction } = handler;
    const first = runs[0]?.scheduled;
    const root = first === undefined ? 'guessed' : this.#evidenceIn(handler, first);
    const links = runs.map((run) => this.#evidenceOf(run, interaction));
    const answers = runs.filter(({ kind }) => !isNamedById(kind));
    const answered = answers.at(-1)?.scheduled;
    return {
      interaction,
      evidence: weakest(root, ...links),
      through: runs.map(({ kind }) => kind),
      after: answered && this.#requests.get(sendingKey(answered, answered.ts)),
    };
  }

  /** How sure it is that a moment in the time of a handler is the handler's. */
  #evidenceIn({ interaction, from, to }: HandlerWindow, moment: Moment): CausalEvidence {
    if (this.#facts.precision !== 'microsecond') return 'guessed';
    const dispatch = this.#dispatches.around(moment);
    // What lies in the dispatch of the interaction's own event was run by it: a thread does one thing at a time.
    if (dispatch !== undefined && dispatch.start >= from && dispatch.end <= to) return 'proven';
    const request = this.#requests.get(sendingKey(moment, moment.ts));
    return request !== undefined && this.#attribution.answerChanged(request, interaction)
      ? 'proven'
      : 'inferred';
  }

  #evidenceOf(run: CallbackRun, interaction: Interaction): CausalEvidence {
    if (isNamedById(run.kind)) return 'proven';
    // Chrome itself says whose the code is that waited for the answer.
    if (this.#attribution.changedIn(run, interaction)) return 'proven';
    return run.kind === 'fetch-body' ? 'guessed' : 'inferred';
  }

  /** Of several, the one that began last: a handler may make an event happen, whose handlers then run inside. */
  #handlerAt(moment: Moment): HandlerWindow | undefined {
    const own = this.#handlers.get(threadKey(moment)) ?? [];
    const last = lastWhere(own.length, (index) => (own[index]?.from ?? Infinity) <= moment.ts);
    return own.slice(Math.max(0, last - DEEPEST), last + 1).findLast(({ to }) => moment.ts <= to);
  }
}

/** Code that Chrome attributes to the interaction: if an answer to one of its requests came just before, that woke it. */
function attributed(interaction: Interaction, before: readonly CausedRequest[], { ts }: Moment): Cause {
  const answered = before
    .filter(({ request: { ended } }) => ended !== undefined && ended <= ts && ts - ended <= JUST_BEFORE)
    .toSorted((a, b) => (b.request.ended ?? 0) - (a.request.ended ?? 0))[0];
  return {
    interaction,
    evidence: weakest('inferred', answered?.evidence ?? 'inferred'),
    through: answered === undefined ? ['task-attribution'] : [...answered.through, 'fetch-body'],
    after: answered?.request,
  };
}

/** Longer after an answer something else may have woken the code. */
const JUST_BEFORE = fromMs(50);

const sendingKey = (thread: Pick<Moment, 'pid' | 'tid'>, sent: number): string =>
  `${threadKey(thread)}|${String(sent)}`;

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

/** So many handlers may have begun between the start of one and a moment within it. */
const DEEPEST = 64;
