import * as v from 'valibot';
import type { Calibration, CalibrationLoad, EffectRow, Tracing } from '../calibration.ts';
import { environmentSchema, problemSchema } from './schema-capture.ts';
import { shiftSchema } from './schema-summary.ts';
import { measure, type Shape } from './shapes.ts';

const tracing: Shape<Tracing> = v.picklist(['none', 'light', 'full']);

const load: Shape<CalibrationLoad> = v.object({
  tracing,
  round: v.number(),
  warmUp: v.boolean(),
  steps: v.array(v.object({ step: v.string(), inpMs: measure, icpMs: measure })),
  problems: v.array(problemSchema),
});

const row: Shape<EffectRow> = v.object({
  step: v.nullable(v.string()),
  metric: v.picklist(['inpMs', 'icpMs']),
  tracing,
  medianMs: measure,
  loads: v.number(),
  shift: v.union([shiftSchema, v.object({ unavailable: v.picklist(['untraced', 'too-few-pairs']) })]),
});

/** What `calibration.json` holds. It is published, and read by nobody here. */
export const calibrationSchema: v.GenericSchema<unknown, Calibration> = v.object({
  schemaVersion: v.literal(1),
  kind: v.literal('calibration'),
  inpactVersion: v.string(),
  createdAt: v.string(),
  environment: environmentSchema,
  plan: v.object({ runs: v.number(), warmUps: v.number(), seed: v.number() }),
  loads: v.array(load),
  rows: v.array(row),
});
