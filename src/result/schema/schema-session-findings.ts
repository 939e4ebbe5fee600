import * as v from 'valibot';
import { INSIGHT_IDS } from '../../insights/findings/finding.ts';
import { STAGES } from '../../insights/pipeline.ts';
import type { FindingRow, PipelineRow, StageSummary } from '../session-summary.ts';
import { findingSchema } from './schema-findings.ts';
import { metricSummaryOrNone, metricSummarySchema } from './schema-summary.ts';
import { absent, type Shape } from './shapes.ts';

// What the findings and pipelines of a session's loads add up to, as `schema.ts` checks the other parts of a result.

const stageSummary: Shape<StageSummary> = v.object({
  wallMs: metricSummaryOrNone,
  cpuMs: metricSummaryOrNone,
});

export const pipelineRow: Shape<PipelineRow> = v.object({
  variant: v.string(),
  step: v.string(),
  runs: v.number(),
  stages: v.object({ eventLoop: stageSummary, dataFetching: stageSummary, rendering: stageSummary }),
  bottleneck: v.union([v.picklist(STAGES), absent]),
  domModifications: metricSummaryOrNone,
  layoutCount: metricSummaryOrNone,
  forcedReflowCount: metricSummaryOrNone,
  forcedReflowMs: metricSummaryOrNone,
  styleAndLayoutMs: metricSummaryOrNone,
  paintMs: metricSummaryOrNone,
});

export const findingRow: Shape<FindingRow> = v.object({
  variant: v.string(),
  step: v.string(),
  id: v.picklist(INSIGHT_IDS),
  runs: v.number(),
  ofRuns: v.number(),
  recurs: v.boolean(),
  explainsMs: metricSummarySchema,
  example: findingSchema,
  exampleLoad: v.string(),
});
