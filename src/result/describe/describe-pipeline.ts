import { unavailable } from '../../base/measure.ts';
import { toMs } from '../../base/units.ts';
import type {
  Pipeline as PipelineFact,
  RenderingCost as CostFact,
  StageTime as TimeFact,
} from '../../insights/pipeline.ts';
import type { Pipeline, RenderingCost, StageTime } from '../pipeline-result.ts';

export function describePipeline({ stages, bottleneck, work }: PipelineFact): Pipeline {
  return {
    stages: {
      eventLoop: describeTime(stages.eventLoop),
      dataFetching: describeTime(stages.dataFetching),
      rendering: describeTime(stages.rendering),
    },
    bottleneck:
      bottleneck === undefined
        ? unavailable('no-time')
        : { stage: bottleneck.stage, segment: bottleneck.segment, wallMs: toMs(bottleneck.wall) },
    work: work === undefined ? unavailable('not-recorded') : describeCost(work),
  };
}

const describeTime = ({ wall, cpu }: TimeFact): StageTime => ({
  wallMs: toMs(wall),
  cpuMs: cpu === undefined ? unavailable('not-recorded') : toMs(cpu),
});

const describeCost = ({
  times,
  layoutCount,
  forcedReflowCount,
  forced,
  domModifications,
}: CostFact): RenderingCost => ({
  timesMs: {
    style: toMs(times.style),
    layout: toMs(times.layout),
    prePaint: toMs(times.prePaint),
    paint: toMs(times.paint),
    composite: toMs(times.composite),
  },
  layoutCount,
  forcedReflowCount,
  forcedReflowMs: toMs(forced),
  domModifications: domModifications ?? unavailable('not-recorded'),
});
