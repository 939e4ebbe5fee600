import { isUnavailable, type Measure, unavailable } from '../../base/measure.ts';
import { STAGES } from '../../insights/pipeline.ts';
import type { Load, StepResult } from '../load.ts';
import type { Pipeline, RenderingCost, Stage } from '../pipeline-result.ts';
import type { PipelineRow, StageSummary } from '../session-summary.ts';
import { countingLoads, middleOf, summarizeMetric } from './summarize.ts';

/** How the time of each step's slowest interaction divides, by variant, over the loads that count. */
export function summarizePipelines(
  loads: readonly Load[],
  steps: readonly string[],
  variants: readonly string[],
): readonly PipelineRow[] {
  return steps.flatMap((step) =>
    variants.map((variant) => {
      const ofLoads = countingLoads(loads, variant)
        .map((load) => load.steps.filter((result) => result.step === step).flatMap(pipelineOf))
        .filter((repetitions) => repetitions.length > 0);
      return { step, variant, ...rowOf(ofLoads) };
    }),
  );
}

/** Of each load, those of the step's repetitions. */
type OfLoads = readonly (readonly Pipeline[])[];

const pipelineOf = ({ interaction }: StepResult): readonly Pipeline[] =>
  isUnavailable(interaction) ? [] : [interaction.pipeline];

function rowOf(loads: OfLoads): Omit<PipelineRow, 'step' | 'variant'> {
  const of = (read: (pipeline: Pipeline) => Measure): ReturnType<typeof summarizeMetric> =>
    summarizeMetric(loads.map((repetitions) => middleOf(repetitions.map(read))));
  const ofWork = (read: (work: RenderingCost) => Measure): ReturnType<typeof summarizeMetric> =>
    of(({ work }) => (isUnavailable(work) ? work : read(work)));
  const stage = (name: Stage): StageSummary => ({
    wallMs: of(({ stages }) => stages[name].wallMs),
    cpuMs: of(({ stages }) => stages[name].cpuMs),
  });
  const stages = {
    eventLoop: stage('eventLoop'),
    dataFetching: stage('dataFetching'),
    rendering: stage('rendering'),
  };
  return {
    runs: loads.length,
    stages,
    bottleneck: bottleneckOf(stages),
    domModifications: ofWork(({ domModifications }) => domModifications),
    layoutCount: ofWork(({ layoutCount }) => layoutCount),
    forcedReflowCount: ofWork(({ forcedReflowCount }) => forcedReflowCount),
    forcedReflowMs: ofWork(({ forcedReflowMs }) => forcedReflowMs),
    styleAndLayoutMs: ofWork(({ timesMs }) => timesMs.style + timesMs.layout),
    paintMs: ofWork(({ timesMs }) => timesMs.prePaint + timesMs.paint + timesMs.composite),
  };
}

function bottleneckOf(stages: PipelineRow['stages']): PipelineRow['bottleneck'] {
  const wall = (stage: Stage): number => {
    const { wallMs } = stages[stage];
    return isUnavailable(wallMs) ? 0 : wallMs.median;
  };
  const [slowest] = STAGES.toSorted((a, b) => wall(b) - wall(a));
  return slowest === undefined || wall(slowest) <= 0 ? unavailable('no-time') : slowest;
}
