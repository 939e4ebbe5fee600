import { type Unavailable, unavailable } from '../../base/measure.ts';
import { between, later, micro, toMs, type TraceTime } from '../../base/units.ts';
import { type CausedRequest as CausedRequestFact, causedRequests } from '../../insights/caused-requests.ts';
import { type Chain as ChainFact, interactionChains } from '../../insights/chain.ts';
import { chromeDurations } from '../../insights/chrome-durations.ts';
import { domModificationCounts } from '../../insights/dom-modification-counts.ts';
import { INSIGHTS } from '../../insights/findings/all.ts';
import { type Examination, examine } from '../../insights/findings/examine.ts';
import { contextsByInteraction } from '../../insights/interaction-contexts.ts';
import { interactionFrame } from '../../insights/interaction-frame.ts';
import { pageVisits } from '../../insights/page-visits.ts';
import { type Pipeline as PipelineFact, pipelines, type StageTime } from '../../insights/pipeline.ts';
import { renderingByThread } from '../../insights/rendering-work.ts';
import { runsByThread } from '../../insights/script-runs.ts';
import type { ServerSide } from '../../insights/server-clock.ts';
import { synchronousRequests } from '../../insights/synchronous-requests.ts';
import type { Facts } from '../../timeline/facts.ts';
import { duration, type Interaction as InteractionFact } from '../../timeline/input/interactions.ts';
import { nodeKey } from '../../timeline/rendering/node-names.ts';
import type { Request } from '../../timeline/network/requests.ts';
import type { SoftNavigationContext } from '../../timeline/input/soft-navigation-contexts.ts';
import type {
  CausedRequest,
  InteractionDetails,
  InteractionTarget,
  MainThreadSpan,
  SoftNavigation,
} from '../causes-result.ts';
import { describeChain } from './describe-chain.ts';
import { describePipeline } from './describe-pipeline.ts';
import { redactUrl } from '../../redact/redact-url.ts';
import { shortName } from './short-name.ts';
import type { Interaction, NavigationInp } from '../trace-result.ts';

/** What takes a look at all of a trace's interactions and requests, done once. */
export interface Causes {
  readonly caused: ReadonlyMap<InteractionFact, readonly CausedRequestFact[]>;
  readonly chromeDurations: ReturnType<typeof chromeDurations>;
  readonly synchronous: ReadonlySet<Request>;
  readonly contexts: ReturnType<typeof contextsByInteraction>;
  readonly chains: ReadonlyMap<InteractionFact, ChainFact>;
  readonly pipelines: ReadonlyMap<InteractionFact, PipelineFact>;
  readonly examinations: readonly Examination[];
}

/** @param server Undefined where it kept no trace. */
export function causesOf(facts: Facts, server: ServerSide | undefined): Causes {
  const runsOf = runsByThread(facts);
  const caused = causedRequests(facts, runsOf);
  const synchronous = synchronousRequests(facts);
  const made = { slicesOf: renderingByThread(facts), domModifications: domModificationCounts(facts) };
  const chains = interactionChains(facts, { caused, synchronous, server, runsOf });
  return {
    caused,
    chromeDurations: chromeDurations(facts),
    synchronous,
    contexts: contextsByInteraction(facts),
    chains,
    pipelines: pipelines(chains, made, facts),
    examinations: examine(INSIGHTS, { facts, ...made, chains, caused, synchronous, server }),
  };
}

type Given = Pick<
  Facts,
  'precision' | 'nodeNames' | 'frameTree' | 'mainFrame' | 'start' | 'softNavigationContexts'
>;

/** Where the result lists a request: those that it does not list are left out. */
export type RequestIndex = ReadonlyMap<Request, number>;

export const requestIndex = (requests: readonly Request[]): RequestIndex =>
  new Map(requests.map((request, index) => [request, index]));

export function describeInteractionDetails(
  interaction: InteractionFact,
  facts: Given,
  { caused, chromeDurations: figures, contexts, chains, pipelines: divided }: Causes,
  requests: RequestIndex,
): InteractionDetails {
  const figure = figures.get(interaction);
  return {
    precision: facts.precision,
    roundedDurationMs: Math.round(toMs(duration(interaction)) / REPORTED_STEP_MS) * REPORTED_STEP_MS,
    chromeDurationMs: figure === undefined ? unavailable('not-recorded') : toMs(figure),
    target: describeTarget(interaction, facts),
    frame: interactionFrame(interaction, facts),
    softNavigation: describeSoftNavigation(contexts.get(interaction) ?? [], facts),
    causedRequests: (caused.get(interaction) ?? []).flatMap((cause) => describeCaused(cause, requests)),
    chain: describeChain(chains.get(interaction) ?? NO_CHAIN, facts.start, requests),
    pipeline: describePipeline(divided.get(interaction) ?? NO_PIPELINE),
  };
}

const NO_CHAIN: ChainFact = { endsWith: 'next-paint', segments: [] };
const NO_TIME: StageTime = { wall: micro(0), cpu: undefined };
const NO_PIPELINE: PipelineFact = {
  stages: { eventLoop: NO_TIME, dataFetching: NO_TIME, rendering: NO_TIME },
  bottleneck: undefined,
  work: undefined,
};

/** https://www.w3.org/TR/event-timing/#sec-security */
const REPORTED_STEP_MS = 8;

function describeSoftNavigation(
  own: readonly SoftNavigationContext[],
  { softNavigationContexts: all, start }: Pick<Facts, 'softNavigationContexts' | 'start'>,
): SoftNavigation | Unavailable<'not-recorded' | 'no-context'> {
  if (own.length === 0) return unavailable(all.length === 0 ? 'not-recorded' : 'no-context');
  const sum = (of: (context: SoftNavigationContext) => number): number =>
    own.reduce((total, context) => total + of(context), 0);
  const navigated = own.findLast((context) => context.navigated !== undefined)?.navigated;
  return {
    domModifications: sum(({ domModifications }) => domModifications),
    paintedAreaPx: sum(({ paintedArea }) => paintedArea),
    url: redactUrl(navigated?.url ?? ''),
    urlChangedMs: navigated === undefined ? unavailable('no-url-change') : toMs(between(start, navigated.ts)),
  };
}

function describeTarget(
  { pid, nodeId }: InteractionFact,
  { nodeNames }: Pick<Facts, 'nodeNames'>,
): InteractionTarget | Unavailable<'not-recorded'> {
  if (nodeId === 0) return unavailable('not-recorded');
  const name = nodeNames.get(nodeKey(pid, nodeId));
  return { nodeId, name: name === undefined ? unavailable('not-recorded') : shortName(name) };
}

function describeCaused(
  { request, evidence, through }: CausedRequestFact,
  requests: RequestIndex,
): readonly CausedRequest[] {
  const index = requests.get(request);
  return index === undefined ? [] : [{ request: index, evidence, through }];
}

/**
 * @param inpOf INP of some of the interactions.
 * @param described The interactions as the result tells them, in the order of the facts.
 */
export function describeNavigations(
  facts: Facts,
  described: readonly Interaction[],
  inpOf: (interactions: readonly Interaction[]) => NavigationInp['inp'],
): readonly NavigationInp[] {
  const byFact = new Map(facts.interactions.map((fact, index) => [fact, described[index]]));
  return pageVisits(facts).map(({ navigation, interactions }) => ({
    kind: navigation?.kind ?? 'already-open',
    url: redactUrl(navigation?.url ?? facts.frameTree.openedUrl ?? ''),
    startMs: navigation === undefined ? 0 : toMs(between(facts.start, navigation.start)),
    inp: inpOf(interactions.flatMap((fact) => byFact.get(fact) ?? [])),
    interactionCount: interactions.length,
    isInpSlowest: interactions.length < FEWEST_WITH_OUTLIER,
  }));
}

/** https://web.dev/articles/inp */
const FEWEST_WITH_OUTLIER = 50;

export function describeSpans({ mainFrame, start, span }: Facts): readonly MainThreadSpan[] {
  const end = later(start, span);
  const within = (time: TraceTime): number => toMs(between(start, time < start ? start : time));
  return (mainFrame?.spans ?? []).map(({ pid, tid, from = start, to = end }) => ({
    pid,
    tid,
    fromMs: within(from),
    toMs: within(to),
  }));
}
