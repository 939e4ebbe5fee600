import { isUnavailable, type Measure, unavailable } from '../base/measure.ts';
import { interactionSpan } from '../result/interaction-wait.ts';
import type { Load, StepResult } from '../result/load.ts';
import { pathOf } from './address-path.ts';
import type { ChangeKind } from '../result/changes.ts';
import type { FunctionTime, InteractionCpu } from '../result/cpu-result.ts';
import type { FrameScript } from '../result/rendering-result.ts';
import type { NetworkRequest } from '../result/trace-result.ts';
import type { Interaction, TraceResult } from '../result/trace-result.ts';
import { invokerName } from '../result/words/invoker-name.ts';

/** Something that took time while an interaction waited, in one load. */
export interface SpentTime {
  readonly kind: ChangeKind;
  readonly name: string;
  readonly url: string;
  readonly line: Measure<'not-recorded'>;
  readonly ms: number;
}

/** Between the input and the paint of its result, or the next paint where that is not known. */
interface Window {
  readonly startMs: number;
  readonly endMs: number;
}

/** What took time in a step's interaction, once for each repetition of the step. */
export function spentTimes({ steps, trace }: Load, step: string): readonly (readonly SpentTime[])[] {
  return steps.flatMap((result) => {
    const { interaction } = result;
    if (result.step !== step || trace === null || isUnavailable(interaction)) return [];
    const window = interactionSpan(interaction);
    return [
      [
        ...chainTimes(interaction),
        ...scriptTimes(trace, interaction, window),
        ...reflowTimes(trace, window),
        ...requestTimes(result, window),
        ...serverTimes(trace, window),
      ],
    ];
  });
}

const within = (startMs: number, { startMs: from, endMs }: Window): boolean =>
  startMs >= from && startMs < endMs;

/** Where the time from the input to the result went, link by link. */
const chainTimes = ({ chain }: Interaction): readonly SpentTime[] =>
  chain.segments.map(({ kind, durationMs }) => nowhere('stage', kind, durationMs));

const nowhere = (kind: ChangeKind, name: string, ms: number): SpentTime => ({
  kind,
  name,
  url: '',
  line: unavailable('not-recorded'),
  ms,
});

/** Functions by the samples of the processor; where none were taken, what the frames' scripts took in all. */
function scriptTimes(trace: TraceResult, interaction: Interaction, window: Window): readonly SpentTime[] {
  const { cpuProfile } = trace;
  if (isUnavailable(cpuProfile)) return frameScripts(trace, window);
  const own = cpuProfile.interactions.find(
    ({ interactionId, startMs }) =>
      interactionId === interaction.interactionId && Math.abs(startMs - interaction.startMs) < 1,
  );
  return own === undefined ? [] : profiled(own);
}

const profiled = ({ inputDelay, processing, presentation }: InteractionCpu): readonly SpentTime[] =>
  [inputDelay, processing, presentation].flatMap(({ functions, activities }) => [
    ...functions.map(functionTime),
    ...activities.map(({ name, selfMs }) => nowhere('activity', name, selfMs)),
  ]);

const functionTime = ({ functionName, url, line, selfMs }: FunctionTime): SpentTime => ({
  kind: 'function',
  name: functionName,
  url,
  line: isUnavailable(line) ? unavailable('not-recorded') : line,
  ms: selfMs,
});

const frameScripts = (trace: TraceResult, window: Window): readonly SpentTime[] =>
  trace.animationFrames.longest
    .flatMap(({ scripts }) => scripts)
    .filter(({ startMs }) => within(startMs, window))
    .map((script) => ({
      ...nowhere('function', script.functionName || invokerName(script), script.durationMs),
      url: script.url,
      line: lineOf(script, trace),
    }));

/** A frame's script has no line, but what was found in it has, where Chrome wrote which function it called. */
function lineOf(
  { startMs, durationMs, url, functionName }: FrameScript,
  { findings }: TraceResult,
): SpentTime['line'] {
  const line = findings
    .filter((finding) => finding.startMs < startMs + durationMs && finding.endMs > startMs)
    .flatMap(({ where }) => where.code)
    .find((code) => code.side === 'page' && code.url === url && code.functionName === functionName)?.line;
  return line ?? unavailable('not-recorded');
}

const reflowTimes = ({ forcedReflows }: TraceResult, window: Window): readonly SpentTime[] =>
  forcedReflows.worst
    .filter(({ startMs }) => within(startMs, window))
    .map(({ functionName, url, line, durationMs }) => ({
      kind: 'reflow',
      name: functionName,
      url,
      line,
      ms: durationMs,
    }));

const requestTimes = ({ requests }: StepResult, window: Window): readonly SpentTime[] =>
  requests
    .filter(({ startMs }) => within(startMs, window))
    .flatMap((request) => {
      const endMs = endOf(request);
      return endMs === undefined
        ? []
        : [nowhere('request', `${request.method} ${pathOf(request.url)}`, endMs - request.startMs)];
    });

const endOf = ({ endMs, responseEventMs }: NetworkRequest): number | undefined =>
  [endMs, responseEventMs].find((time) => typeof time === 'number');

function serverTimes({ server }: TraceResult, window: Window): readonly SpentTime[] {
  if (isUnavailable(server)) return [];
  return [
    ...server.loopBlocks.map((block) => ({
      ...block,
      name: block.starved ? 'loop starved' : `loop blocked by ${block.by}`,
    })),
    ...server.queries.map((query) => ({ ...query, name: query.sql })),
  ]
    .filter(({ startMs }) => within(startMs, window))
    .map(({ name, durationMs, stack: [place] }) => ({
      ...nowhere('server', name, durationMs),
      ...(place === undefined ? {} : { url: place.url, line: place.line }),
    }));
}
