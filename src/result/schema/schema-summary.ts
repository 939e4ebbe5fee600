import * as v from 'valibot';
import type { Unavailable } from '../../base/measure.ts';
import { INSIGHT_IDS } from '../../insights/findings/finding.ts';
import type { Answer } from '../answer.ts';
import type { Claim, Shift } from '../claim.ts';
import { METRIC_NAMES, type MetricName, type MetricSummary, type SummaryRow } from '../session-summary.ts';
import { absent, type Shape } from './shapes.ts';

// What a session's loads add up to, as `schema.ts` checks it.

export const metricSummarySchema: Shape<MetricSummary> = v.object({
  median: v.number(),
  min: v.number(),
  max: v.number(),
  runs: v.number(),
  values: v.array(v.number()),
});
export const metricSummaryOrNone: Shape<MetricSummary | Unavailable> = v.union([metricSummarySchema, absent]);

export const metricNameSchema: Shape<MetricName> = v.picklist(METRIC_NAMES);

export const summaryRowSchema: Shape<SummaryRow> = v.object({
  variant: v.string(),
  step: v.string(),
  metrics: v.object({
    inpMs: metricSummaryOrNone,
    icpMs: metricSummaryOrNone,
    inputDelayMs: metricSummaryOrNone,
    processingDurationMs: metricSummaryOrNone,
    presentationDelayMs: metricSummaryOrNone,
    longTaskCount: metricSummaryOrNone,
    longestTaskMs: metricSummaryOrNone,
    longestTaskCpuMs: metricSummaryOrNone,
    totalBlockingTimeMs: metricSummaryOrNone,
    interactionCpuMs: metricSummaryOrNone,
    loopBlockedMs: metricSummaryOrNone,
    serverWaitMs: metricSummaryOrNone,
  }),
});

export const shiftSchema: Shape<Shift> = v.object({
  estimateMs: v.number(),
  lowMs: v.number(),
  highMs: v.number(),
  confidence: v.number(),
  pairs: v.number(),
});

export const claimSchema: Shape<Claim> = v.object({
  id: v.string(),
  text: v.string(),
  verdict: v.picklist(['confirmed', 'refuted', 'inconclusive', 'partly']),
  findings: v.array(
    v.object({
      step: v.string(),
      metric: metricNameSchema,
      verdict: v.picklist(['confirmed', 'refuted', 'inconclusive']),
      shift: v.union([shiftSchema, absent]),
      sentence: v.string(),
    }),
  ),
});

export const answerSchema: Shape<Answer> = v.object({
  question: v.string(),
  sentences: v.array(v.string()),
  next: v.array(v.object({ id: v.picklist(INSIGHT_IDS), sentence: v.string(), docs: v.string() })),
});
