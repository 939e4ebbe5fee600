import { unavailable } from '../../src/base/measure.ts';
import type { RenderingWork } from '../../src/result/rendering-result.ts';
import type { TraceResult } from '../../src/result/trace-result.ts';

type Rendering = Pick<
  TraceResult,
  'animationFrames' | 'forcedReflows' | 'styleAndLayout' | 'layoutShifts' | 'cpuProfile'
>;

const NO_WORK: RenderingWork = { count: 0, totalMs: 0, longestMs: 0 };

/** What a result says of a trace without frames, layout and samples. */
export const WITHOUT_RENDERING: Rendering = {
  animationFrames: { count: 0, over50Count: 0, longest: [] },
  forcedReflows: { count: 0, totalMs: 0, nestedCount: 0, nestedMs: 0, worst: [] },
  styleAndLayout: {
    style: NO_WORK,
    layout: NO_WORK,
    prePaint: NO_WORK,
    paint: NO_WORK,
    domModifications: unavailable('not-recorded'),
  },
  layoutShifts: { count: 0, cumulativeScore: 0, worst: [] },
  cpuProfile: unavailable('not-recorded'),
};
