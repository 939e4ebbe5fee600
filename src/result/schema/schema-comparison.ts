import * as v from 'valibot';
import type { Unavailable } from '../../base/measure.ts';
import type { Change, StepChanges } from '../changes.ts';
import type {
  ComparedFailures,
  ComparedMetric,
  ComparedPair,
  ComparedSide,
  Comparison,
  ComparisonDesign,
  RatioInterval,
  SideValues,
} from '../comparison.ts';
import { metricNameSchema } from './schema-summary.ts';
import { measure, type Shape } from './shapes.ts';

// What a comparison's file must look like; the published JSON Schema is made from this.

const tooFewPairs: Shape<Unavailable<'too-few-pairs'>> = v.object({
  unavailable: v.literal('too-few-pairs'),
});
const verdict = v.picklist(['pass', 'fail', 'inconclusive']);

const side: Shape<ComparedSide> = v.object({
  name: v.string(),
  description: v.string(),
  loads: v.number(),
  unfit: v.number(),
});

const design: Shape<ComparisonDesign> = v.object({
  pairing: v.picklist(['interleaved', 'stored-baseline']),
  seed: v.number(),
  repetitions: v.number(),
  looks: v.array(v.number()),
  maxPairs: v.number(),
  wanted: v.array(metricNameSchema),
  marginPercent: v.number(),
  marginFloorMs: v.number(),
  gatedMetrics: v.number(),
});

const pair: Shape<ComparedPair> = v.object({
  round: v.number(),
  baseFirst: v.boolean(),
  base: measure,
  changed: measure,
  counts: v.boolean(),
});

const ratio: Shape<RatioInterval> = v.object({
  estimate: v.number(),
  low: v.number(),
  high: v.number(),
  confidence: v.number(),
});

const values: Shape<SideValues> = v.object({
  median: v.union([v.number(), tooFewPairs]),
  modes: v.number(),
});

const metric: Shape<ComparedMetric> = v.object({
  step: v.string(),
  metric: metricNameSchema,
  role: v.picklist(['gate', 'signal']),
  severity: v.picklist(['error', 'warn']),
  finding: v.picklist(['regressed', 'no-regression', 'improved', 'inconclusive']),
  verdict,
  pairs: v.array(pair),
  judgedPairs: v.number(),
  p: v.number(),
  threshold: v.nullable(v.number()),
  ratio: v.union([ratio, tooFewPairs]),
  base: values,
  changed: values,
  lag1: v.union([v.number(), tooFewPairs]),
  sentence: v.string(),
  advice: v.nullable(v.string()),
});

const failures: Shape<ComparedFailures> = v.object({
  p: v.number(),
  finding: v.picklist(['fails-more', 'fails-less', 'open', 'alike']),
  verdict,
  sentence: v.string(),
});

const change: Shape<Change> = v.object({
  kind: v.picklist(['stage', 'function', 'activity', 'reflow', 'request', 'server']),
  name: v.string(),
  url: v.string(),
  line: v.union([v.number(), v.object({ unavailable: v.literal('not-recorded') })]),
  presence: v.picklist(['new', 'gone', 'both']),
  baseMs: v.number(),
  changedMs: v.number(),
  differenceMs: v.number(),
  lowMs: v.number(),
  highMs: v.number(),
});

const stepChanges: Shape<StepChanges> = v.object({ step: v.string(), changes: v.array(change) });

export const comparisonSchema: v.GenericSchema<Comparison> = v.object({
  schemaVersion: v.literal(1),
  kind: v.literal('comparison'),
  inpactVersion: v.string(),
  command: v.literal('compare'),
  subject: v.string(),
  base: side,
  changed: side,
  verdict,
  design,
  metrics: v.array(metric),
  failures,
  changes: v.array(stepChanges),
  notes: v.array(v.string()),
});
