import { type Measure, unavailable } from '../../base/measure.ts';
import { between, fromMs, micro, toMs, type TraceTime } from '../../base/units.ts';
import { domModificationCounts } from '../../insights/dom-modification-counts.ts';
import { forcingLine } from '../../insights/forcing-line.ts';
import { cumulativeLayoutShift } from '../../insights/layout-shift-score.ts';
import type {
  AnimationFrame as FrameFact,
  FrameScript as ScriptFact,
} from '../../timeline/rendering/animation-frames.ts';
import type { CpuProfiles } from '../../timeline/cpu/cpu-profile.ts';
import type { Facts } from '../../timeline/facts.ts';
import type { ForcedReflow as ReflowFact } from '../../timeline/rendering/forced-reflow.ts';
import type { SourcePosition } from '../../timeline/source-position.ts';
import { type RenderingWork as Work, workOf } from '../../timeline/rendering/style-and-layout.ts';
import type { Span } from '../../timeline/span.ts';
import { threadKey } from '../../timeline/threads/thread.ts';
import type {
  AnimationFrame,
  AnimationFrames,
  ForcedReflow,
  ForcedReflows,
  FrameScript,
  LayoutShifts,
  RenderingWork,
  SourceLine,
  StyleAndLayout,
} from '../rendering-result.ts';
import { redactText } from '../../redact/redact-text.ts';
import { redactUrl } from '../../redact/redact-url.ts';
import { shortName } from './short-name.ts';

/** How many of a kind a result lists. All are counted. */
export const MOST_LISTED = 20;

/** A frame this long is a long animation frame. https://www.w3.org/TR/long-animation-frames/ */
const LONG_FRAME = fromMs(50);

export function describeAnimationFrames({ animationFrames, start }: Facts): AnimationFrames {
  return {
    count: animationFrames.length,
    over50Count: animationFrames.filter((frame) => between(frame.start, frame.end) >= LONG_FRAME).length,
    longest: longestOf(animationFrames).map((frame) => describeFrame(frame, start)),
  };
}

const longestOf = <Of extends Span>(spans: readonly Of[]): readonly Of[] =>
  spans
    .toSorted((a, b) => between(b.start, b.end) - between(a.start, a.end) || a.start - b.start)
    .slice(0, MOST_LISTED);

function describeFrame(frame: FrameFact, origin: TraceTime): AnimationFrame {
  const { start, end, blocking, scripts } = frame;
  return {
    startMs: toMs(between(origin, start)),
    durationMs: toMs(between(start, end)),
    blockingMs: blocking === undefined ? unavailable('not-recorded') : toMs(blocking),
    renderStartMs: sinceOr('no-rendering', origin, frame.renderStart),
    styleAndLayoutStartMs: sinceOr('no-rendering', origin, frame.styleAndLayoutStart),
    firstUiEventMs: sinceOr('no-input', origin, frame.firstUiEvent),
    presentedMs: sinceOr('not-presented', origin, frame.presented),
    scriptCount: scripts.length,
    scripts: longestOf(scripts).map((script) => describeScript(script, origin)),
  };
}

const sinceOr = <const Reason extends string>(
  reason: Reason,
  origin: TraceTime,
  time: TraceTime | undefined,
): Measure<Reason> => (time === undefined ? unavailable(reason) : toMs(between(origin, time)));

function describeScript(script: ScriptFact, origin: TraceTime): FrameScript {
  const { start, end, sourceCharPosition } = script;
  return {
    startMs: toMs(between(origin, start)),
    durationMs: toMs(between(start, end)),
    invokerType: shortName(script.invokerType),
    // An image's or a script's element is named by its address: `IMG[src=https://…]`.
    invokerClass: shortName(redactText(script.classLikeName)),
    invokerProperty: shortName(redactText(script.propertyLikeName)),
    url: redactUrl(script.sourceUrl),
    functionName: shortName(script.sourceFunctionName),
    charPosition: sourceCharPosition < 0 ? unavailable('unknown') : sourceCharPosition,
    forcedStyleMs: toMs(script.forcedStyle),
    forcedLayoutMs: toMs(script.forcedLayout),
    pauseMs: toMs(script.pause),
  };
}

export function describeForcedReflows({ forcedReflows, cpuProfiles, start }: Facts): ForcedReflows {
  const nested = forcedReflows.filter(({ scriptStart }) => scriptStart !== undefined);
  return {
    count: forcedReflows.length,
    totalMs: toMs(sumOf(forcedReflows.filter(({ isInner }) => !isInner))),
    nestedCount: nested.length,
    nestedMs: toMs(sumOf(nested)),
    worst: forcedReflows
      .toSorted((a, b) => b.duration - a.duration || a.start - b.start)
      .slice(0, MOST_LISTED)
      .map((reflow) => describeReflow(reflow, cpuProfiles, start)),
  };
}

const sumOf = (reflows: readonly ReflowFact[]): ReflowFact['duration'] =>
  micro(reflows.reduce((sum, { duration }) => sum + duration, 0));

function describeReflow(reflow: ReflowFact, profiles: CpuProfiles, origin: TraceTime): ForcedReflow {
  const forcing = forcingLine(reflow, profiles);
  return {
    kind: reflow.kind,
    startMs: toMs(between(origin, reflow.start)),
    durationMs: toMs(reflow.duration),
    ...(forcing === undefined
      ? { url: '', line: unavailable('not-recorded'), functionName: '' }
      : describeLine(forcing.position)),
    lineFrom: forcing?.from ?? 'nowhere',
    dirtiedBy: reflow.dirtiedBy === undefined ? unavailable('not-recorded') : describeLine(reflow.dirtiedBy),
  };
}

const describeLine = ({ url, line, functionName }: SourcePosition): SourceLine => ({
  url: redactUrl(url),
  line: line ?? unavailable('not-recorded'),
  functionName: shortName(functionName),
});

export function describeStyleAndLayout(facts: Facts): StyleAndLayout {
  const threads = (facts.mainFrame?.threads ?? []).flatMap(
    (thread) => facts.threadEvents.get(threadKey(thread)) ?? [],
  );
  const work = (kind: Work): RenderingWork => {
    const { count, total, longest } = workOf(kind, threads);
    return { count, totalMs: toMs(total), longestMs: toMs(longest) };
  };
  return {
    style: work('UpdateLayoutTree'),
    layout: work('Layout'),
    prePaint: work('PrePaint'),
    paint: work('Paint'),
    domModifications: describeDomModifications(facts),
  };
}

function describeDomModifications(facts: Facts): StyleAndLayout['domModifications'] {
  const counts = domModificationCounts(facts);
  if (counts.size === 0) return unavailable('not-recorded');
  return Array.from(counts, ([{ interactionId, start }, count]) => ({
    interactionId,
    startMs: toMs(between(facts.start, start)),
    count,
  }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_LISTED);
}

export function describeLayoutShifts({ layoutShifts, navigations, start }: Facts): LayoutShifts {
  const own = layoutShifts.filter(({ hadRecentInput }) => !hadRecentInput);
  return {
    count: own.length,
    cumulativeScore: cumulativeLayoutShift(own, navigations),
    worst: own
      .toSorted((a, b) => b.score - a.score)
      .slice(0, MOST_LISTED)
      .map(({ ts, score }) => ({ startMs: toMs(between(start, ts)), score })),
  };
}
