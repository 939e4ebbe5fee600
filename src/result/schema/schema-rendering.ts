import * as v from 'valibot';
import type { Unavailable } from '../../base/measure.ts';
import type { ActivityTime, CpuProfile, FunctionTime, PhaseCpu } from '../cpu-result.ts';
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
import { numberOr, reasonOf, type Shape } from './shapes.ts';

// The parts of a result that tell of frames, rendering work and functions, as `schema.ts` checks the others.

const frameScript: Shape<FrameScript> = v.object({
  startMs: v.number(),
  durationMs: v.number(),
  invokerType: v.string(),
  invokerClass: v.string(),
  invokerProperty: v.string(),
  url: v.string(),
  functionName: v.string(),
  charPosition: numberOr('unknown'),
  forcedStyleMs: v.number(),
  forcedLayoutMs: v.number(),
  pauseMs: v.number(),
});

const animationFrame: Shape<AnimationFrame> = v.object({
  startMs: v.number(),
  durationMs: v.number(),
  blockingMs: numberOr('not-recorded'),
  renderStartMs: numberOr('no-rendering'),
  styleAndLayoutStartMs: numberOr('no-rendering'),
  firstUiEventMs: numberOr('no-input'),
  presentedMs: numberOr('not-presented'),
  scriptCount: v.number(),
  scripts: v.array(frameScript),
});

export const animationFramesSchema: Shape<AnimationFrames> = v.object({
  count: v.number(),
  over50Count: v.number(),
  longest: v.array(animationFrame),
});

const sourceLine: Shape<SourceLine> = v.object({
  url: v.string(),
  line: numberOr('not-recorded'),
  functionName: v.string(),
});

const forcedReflow: Shape<ForcedReflow> = v.object({
  kind: v.picklist(['style', 'layout']),
  startMs: v.number(),
  durationMs: v.number(),
  url: v.string(),
  line: numberOr('not-recorded'),
  functionName: v.string(),
  lineFrom: v.picklist(['stack', 'profile', 'nowhere']),
  dirtiedBy: v.union([sourceLine, reasonOf('not-recorded')]),
});

export const forcedReflowsSchema: Shape<ForcedReflows> = v.object({
  count: v.number(),
  totalMs: v.number(),
  nestedCount: v.number(),
  nestedMs: v.number(),
  worst: v.array(forcedReflow),
});

const renderingWork: Shape<RenderingWork> = v.object({
  count: v.number(),
  totalMs: v.number(),
  longestMs: v.number(),
});

export const styleAndLayoutSchema: Shape<StyleAndLayout> = v.object({
  style: renderingWork,
  layout: renderingWork,
  prePaint: renderingWork,
  paint: renderingWork,
  domModifications: v.union([
    v.array(v.object({ interactionId: v.number(), startMs: v.number(), count: v.number() })),
    reasonOf('not-recorded'),
  ]),
});

export const layoutShiftsSchema: Shape<LayoutShifts> = v.object({
  count: v.number(),
  cumulativeScore: v.number(),
  worst: v.array(v.object({ startMs: v.number(), score: v.number() })),
});

const functionTime: Shape<FunctionTime> = v.object({
  functionName: v.string(),
  url: v.string(),
  line: numberOr('native'),
  column: numberOr('native'),
  selfMs: v.number(),
  totalMs: v.number(),
});
const activityTime: Shape<ActivityTime> = v.object({
  name: v.string(),
  selfMs: v.number(),
  totalMs: v.number(),
});

const phaseCpu: Shape<PhaseCpu> = v.object({
  busyMs: v.number(),
  functions: v.array(functionTime),
  activities: v.array(activityTime),
});

const cpuProfile: Shape<CpuProfile> = v.object({
  totalMs: v.number(),
  sampleCount: v.number(),
  functionCount: v.number(),
  functions: v.array(functionTime),
  activities: v.array(activityTime),
  urlCount: v.number(),
  urls: v.array(v.object({ url: v.string(), selfMs: v.number(), totalMs: v.number() })),
  interactions: v.array(
    v.object({
      interactionId: v.number(),
      startMs: v.number(),
      inputDelay: phaseCpu,
      processing: phaseCpu,
      presentation: phaseCpu,
    }),
  ),
});

export const cpuProfileSchema: Shape<CpuProfile | Unavailable<'not-recorded'>> = v.union([
  cpuProfile,
  reasonOf('not-recorded'),
]);
