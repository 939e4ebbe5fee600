import { lastWhere } from '../base/last-where.ts';
import type { TraceTime } from '../base/units.ts';
import type { Interaction } from '../timeline/input/interactions.ts';
import type { Request } from '../timeline/network/requests.ts';
import type { CausedRequest } from './caused-requests.ts';
import { type CausalEvidence, weakest } from './evidence.ts';
import type { ThreadRuns } from './script-runs.ts';

/** A request that the result waited for. */
export interface CriticalRequest {
  readonly request: Request;
  /** How sure it is that the interaction caused it. */
  readonly evidence: CausalEvidence;
}

export interface CriticalGiven {
  readonly interaction: Interaction;
  /** Of the whole trace, in order of time. */
  readonly requests: readonly Request[];
  /** Those that the interaction's handlers sent, themselves or by what they asked for. */
  readonly caused: readonly CausedRequest[];
  /** Those for which the main thread stood still. */
  readonly synchronous: ReadonlySet<Request>;
  /** Of the thread that handled the interaction. */
  readonly runs: ThreadRuns;
  /** When the change that the result shows was made. Undefined where it is not known. */
  readonly modified: TraceTime | undefined;
  /** The image that the result is. Undefined where it is none, or was there already. */
  readonly image: Request | undefined;
}

/** Longer chains are no chains, but a page that asks again and again. */
const LONGEST = 16;

/**
 * The requests that the result waited for, one after the other: the one whose response came last before the change that is
 * painted, the one whose response led to its sending, and so on back to the handlers. Of requests side by side only the last counts.
 */
export function criticalRequests(given: CriticalGiven): readonly CriticalRequest[] {
  const { interaction, modified, image } = given;
  const path: CriticalRequest[] = image === undefined ? [] : [{ request: image, evidence: 'inferred' }];
  let before = image?.sent ?? modified ?? interaction.end;
  while (path.length < LONGEST) {
    const next = lastAnswered(given, before);
    if (next === undefined) break;
    path.unshift(next);
    if (isCaused(given, next.request)) {
      path.unshift(...askedBefore(given, next.request));
      break;
    }
    before = next.request.sent;
  }
  // What no handler sent, and nothing that a handler sent led to, is somebody else's.
  const [first] = path;
  if (first !== undefined && isCaused(given, first.request)) return path;
  return image === undefined ? [] : path.slice(-1);
}

/** The requests whose answers led to the sending of one that the interaction caused, in order of time. */
function askedBefore(given: CriticalGiven, last: Request): readonly CriticalRequest[] {
  const path: CriticalRequest[] = [];
  let after = causeOf(given, last)?.after;
  while (after !== undefined && path.length < LONGEST) {
    path.unshift({ request: after, evidence: evidenceOf(given, after) });
    after = causeOf(given, after)?.after;
  }
  return path;
}

const causeOf = ({ caused }: CriticalGiven, wanted: Request): CausedRequest | undefined =>
  caused.find(({ request }) => request === wanted);

const isCaused = (given: CriticalGiven, wanted: Request): boolean => causeOf(given, wanted) !== undefined;

function lastAnswered(given: CriticalGiven, before: TraceTime): CriticalRequest | undefined {
  const { interaction, requests } = given;
  const sentBefore = (time: TraceTime): number =>
    lastWhere(requests.length, (index) => (requests[index]?.sent ?? Infinity) < time) + 1;
  const candidates = requests
    .slice(sentBefore(interaction.start), sentBefore(before))
    .filter(
      (request) =>
        request.pid === interaction.pid &&
        (answered(request) ?? Infinity) <= before &&
        (isCaused(given, request) || mayFollow(given, request)),
    );
  const last = candidates.toSorted((a, b) => (answered(b) ?? 0) - (answered(a) ?? 0))[0];
  return last === undefined ? undefined : { request: last, evidence: evidenceOf(given, last) };
}

/**
 * The image that was painted: of those that were asked for once the document had been changed, the last that came. Chrome
 * attributes the paint, and names no request.
 */
export const paintedImage = (
  requests: readonly Request[],
  { pid }: Interaction,
  { modified, presented }: { readonly modified: TraceTime; readonly presented: TraceTime },
): Request | undefined =>
  requests
    .filter((request) => {
      const ready = answered(request) ?? Infinity;
      const isIt = request.pid === pid && request.resourceType === 'Image';
      // The document's own change and the request's sending may be written in either order.
      return isIt && request.sent >= modified - SAME_MOMENT_US && ready <= presented;
    })
    .toSorted((a, b) => (answered(b) ?? 0) - (answered(a) ?? 0))[0];

const SAME_MOMENT_US = 1000;

/** When the main thread could have worked on the whole response. Undefined where none came: it can have brought no result. */
export function answered({ response, lastByte }: Request): TraceTime | undefined {
  if (response === undefined) return undefined;
  return lastByte !== undefined && lastByte > response.seen ? lastByte : response.seen;
}

/** Whether code sent it that may have worked on the response of another request of the interaction. */
function mayFollow({ requests, interaction, runs }: CriticalGiven, request: Request): boolean {
  if (!request.initiator.hasStack || isPolled(requests, request, interaction)) return false;
  return runs.scripts.at(request.sent) !== undefined;
}

/** What the page asked for before the interaction too, and no handler sent, is a poll. */
const isPolled = (requests: readonly Request[], { url, method }: Request, { start }: Interaction): boolean =>
  requests.some((other) => other.sent < start && other.url === url && other.method === method);

/** How sure it is that the result waited for it: that the interaction sent it is not enough. */
function evidenceOf(given: CriticalGiven, request: Request): CausalEvidence {
  const { synchronous, runs, modified } = given;
  const own = causeOf(given, request);
  if (own === undefined) return 'guessed';
  // The main thread did nothing else from the sending to the answer.
  if (synchronous.has(request)) return 'proven';
  if (own.evidence === 'guessed' || modified === undefined) return weakest(own.evidence, 'inferred');
  // The handler sent it, and the first code after its answer made the change that Chrome itself attributes to the interaction.
  const worked = runs.scripts.at(modified);
  const ready = answered(request);
  const isFirst =
    worked !== undefined &&
    ready !== undefined &&
    runs.scripts
      .startingWithin(ready, worked.start)
      .every(({ start }) => start === ready || start === worked.start);
  return isFirst ? 'proven' : 'inferred';
}
