import * as v from 'valibot';
import { INSIGHT_IDS, UNAVAILABLE_REASONS } from '../../insights/findings/finding.ts';
import { STAGES } from '../../insights/pipeline.ts';
import { SEGMENT_KINDS } from '../../insights/segments.ts';
import type { Findings } from '../describe/describe-findings.ts';
import type { InsightFinding, InsightOutcome } from '../findings-result.ts';
import type { Pipeline, StageTime } from '../pipeline-result.ts';
import { evidence, numberOr, reasonOf, type Shape } from './shapes.ts';

// Findings and the rendering pipeline, as `schema.ts` checks the other parts of a result.

const id = v.picklist(INSIGHT_IDS);

export const findingSchema: Shape<InsightFinding> = v.object({
  id,
  title: v.string(),
  sentence: v.string(),
  advice: v.string(),
  interactionId: v.number(),
  interactionStartMs: v.number(),
  startMs: v.number(),
  endMs: v.number(),
  explainsMs: v.number(),
  evidence,
  where: v.object({
    code: v.array(
      v.object({
        side: v.picklist(['page', 'server']),
        functionName: v.string(),
        url: v.string(),
        line: v.nullable(v.number()),
        column: v.nullable(v.number()),
      }),
    ),
    requests: v.array(v.object({ request: v.nullable(v.number()), method: v.string(), url: v.string() })),
    sql: v.nullable(v.string()),
    serverName: v.nullable(v.string()),
    target: v.nullable(v.string()),
  }),
  docs: v.string(),
});

const outcome: Shape<InsightOutcome> = v.union([
  v.object({ id, status: v.picklist(['clear', 'found']) }),
  v.object({ id, status: v.literal('unavailable'), reason: v.picklist(UNAVAILABLE_REASONS) }),
  v.object({ id, status: v.literal('failed'), message: v.string() }),
]);

/** In every trace, and in every step. */
export const findingEntries: { readonly [Key in keyof Findings]: Shape<Findings[Key]> } = {
  findings: v.array(findingSchema),
  insights: v.array(outcome),
};

const stageTime: Shape<StageTime> = v.object({ wallMs: v.number(), cpuMs: numberOr('not-recorded') });

export const pipelineSchema: Shape<Pipeline> = v.object({
  stages: v.object({ eventLoop: stageTime, dataFetching: stageTime, rendering: stageTime }),
  bottleneck: v.union([
    v.object({ stage: v.picklist(STAGES), segment: v.picklist(SEGMENT_KINDS), wallMs: v.number() }),
    reasonOf('no-time'),
  ]),
  work: v.union([
    v.object({
      timesMs: v.object({
        style: v.number(),
        layout: v.number(),
        prePaint: v.number(),
        paint: v.number(),
        composite: v.number(),
      }),
      layoutCount: v.number(),
      forcedReflowCount: v.number(),
      forcedReflowMs: v.number(),
      domModifications: numberOr('not-recorded'),
    }),
    reasonOf('not-recorded'),
  ]),
});
