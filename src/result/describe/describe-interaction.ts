import { type Unavailable, unavailable, isUnavailable } from '../../base/measure.ts';
import { between, micro, toMs } from '../../base/units.ts';
import { type CausedRequest as CausedRequestFact } from '../../insights/caused-requests.ts';
import type { Chain as ChainFact } from '../../insights/chain.ts';
import type { Causes } from '../../insights/causes.ts';
import { interactionCpu } from '../../insights/interaction-cpu.ts';
import { interactionFrame } from '../../insights/interaction-frame.ts';
import { interactionResult } from '../../insights/interaction-result.ts';
import { type Pipeline as PipelineFact, type StageTime } from '../../insights/pipeline.ts';
import { redactUrl } from '../../redact/redact-url.ts';
import type { Facts } from '../../timeline/facts.ts';
import { duration, type Interaction as InteractionFact } from '../../timeline/input/interactions.ts';
import type { SoftNavigationContext } from '../../timeline/input/soft-navigation-contexts.ts';
import { nodeKey } from '../../timeline/rendering/node-names.ts';
import type {
  CausedRequest,
  InteractionDetails,
  InteractionTarget,
  SoftNavigation,
} from '../causes-result.ts';
import type { Interaction } from '../trace-result.ts';
import { describeChain } from './describe-chain.ts';
import { describePipeline } from './describe-pipeline.ts';
import { shortName } from './short-name.ts';
import type { RequestIndex } from './request-index.ts';

/** @param requests Those that the result lists beside it. */
export function describeInteraction(
  interaction: InteractionFact,
  facts: Facts,
  causes: Causes,
  requests: RequestIndex,
): Interaction {
  const { start: origin } = facts;
  const { interactionId, pid, tid, type, start, end, processingStart, processingEnd } = interaction;
  const icp = interactionResult(interaction, facts);
  return {
    interactionId,
    pid,
    tid,
    type,
    startMs: toMs(between(origin, start)),
    durationMs: toMs(between(start, end)),
    inputDelayMs: toMs(between(start, processingStart)),
    processingDurationMs: toMs(between(processingStart, processingEnd)),
    presentationDelayMs: toMs(between(processingEnd, end)),
    icpSource: isUnavailable(icp) ? icp : icp.source,
    icpStartMs: isUnavailable(icp) ? icp : toMs(between(origin, icp.start)),
    icpMs: isUnavailable(icp) ? icp : toMs(icp.last),
    icpFirstMs: isUnavailable(icp) ? icp : toMs(icp.first),
    ...describeInteractionDetails(interaction, facts, causes, requests),
  };
}

type Given = Pick<
  Facts,
  'precision' | 'tasks' | 'nodeNames' | 'frameTree' | 'mainFrame' | 'start' | 'softNavigationContexts'
>;

function describeInteractionDetails(
  interaction: InteractionFact,
  facts: Given,
  { caused, chromeDurations: figures, contexts, chains, pipelines: divided }: Causes,
  requests: RequestIndex,
): InteractionDetails {
  const figure = figures.get(interaction);
  const cpu = interactionCpu(interaction, facts.tasks);
  return {
    precision: facts.precision,
    roundedDurationMs: Math.round(toMs(duration(interaction)) / REPORTED_STEP_MS) * REPORTED_STEP_MS,
    chromeDurationMs: figure === undefined ? unavailable('not-recorded') : toMs(figure),
    cpuMs: cpu === undefined ? unavailable('not-recorded') : toMs(cpu),
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
