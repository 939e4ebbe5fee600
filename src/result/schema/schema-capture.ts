import * as v from 'valibot';
import type { BrowserSettings } from '../browser-settings.ts';
import type { Agreement, CrossCheck } from '../cross-check.ts';
import { LOAD_PROBLEMS, type LoadProblemCode, type LoadProblem } from '../load-problems.ts';
import type { Integrity } from '../load.ts';
import type { Environment } from '../session.ts';
import { absent, measure, type Shape } from './shapes.ts';

// How a session was recorded, as `schema.ts` checks it.

const textOrNull = v.nullable(v.string());

const browserSettings: Shape<BrowserSettings> = v.object({
  headless: v.boolean(),
  attached: v.boolean(),
  device: textOrNull,
  locale: textOrNull,
  timeZone: textOrNull,
  cpu: v.object({
    rate: v.number(),
    deviceClass: v.nullable(v.picklist(['low-tier-mobile', 'mid-tier-mobile'])),
    hostScore: v.union([v.number(), v.object({ unavailable: v.literal('not-measured') })]),
  }),
  network: v.nullable(
    v.object({
      preset: v.string(),
      latencyMs: v.number(),
      downloadKbps: v.number(),
      uploadKbps: v.number(),
    }),
  ),
  blockedUrls: v.array(v.string()),
  cache: v.picklist(['cold', 'warm']),
  serviceWorkers: v.boolean(),
  categoryPreset: v.picklist(['light', 'full']),
  redaction: v.picklist(['strict', 'default', 'off']),
  extraHeaders: v.array(v.string()),
  basicAuth: v.boolean(),
  storage: v.boolean(),
});

export const environmentSchema: Shape<Environment> = v.object({
  chrome: v.string(),
  chromeFlags: v.array(v.string()),
  categories: v.array(v.string()),
  viewport: v.object({ width: v.number(), height: v.number() }),
  node: v.string(),
  platform: v.string(),
  cpuModel: v.string(),
  cpuCount: v.number(),
  browser: browserSettings,
});

export const integritySchema: Shape<Integrity> = v.object({
  dataLossOccurred: v.union([v.boolean(), absent]),
  bufferUsage: measure,
  pageVisible: v.union([v.boolean(), absent]),
  hostBusy: measure,
  hostSteal: measure,
  tasksOnCpu: measure,
  clockDriftMs: measure,
  dialogs: v.number(),
  popups: v.number(),
  downloads: v.number(),
});

const isCode = (key: string): key is LoadProblemCode => Object.hasOwn(LOAD_PROBLEMS, key);

export const problemSchema: Shape<LoadProblem> = v.object({
  code: v.picklist(Object.keys(LOAD_PROBLEMS).filter(isCode)),
  message: v.string(),
});

const agreement: Shape<Agreement> = v.object({
  traceMs: measure,
  pageMs: measure,
  differenceMs: measure,
  untracedMs: measure,
});

export const crossCheckSchema: Shape<CrossCheck> = v.object({
  variant: v.string(),
  library: v.string(),
  page: agreement,
  steps: v.array(v.object({ step: v.string(), inp: agreement, icp: agreement })),
  problems: v.array(problemSchema),
});
