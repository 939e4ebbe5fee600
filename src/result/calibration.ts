import type { Measure, Unavailable } from '../base/measure.ts';
import type { CategoryPreset } from './browser-settings.ts';
import type { Shift } from './claim.ts';
import type { LoadProblem } from './load-problems.ts';
import type { Environment, Plan } from './session.ts';

/** What recording costs the page that is recorded. The content of `calibration.json`. */
export interface Calibration {
  readonly schemaVersion: 1;
  readonly kind: 'calibration';
  readonly inpactVersion: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly environment: Environment;
  readonly plan: Pick<Plan, 'runs' | 'warmUps' | 'seed'>;
  readonly loads: readonly CalibrationLoad[];
  readonly rows: readonly EffectRow[];
}

export type Tracing = 'none' | CategoryPreset;

/** One load, timed by its own page. */
export interface CalibrationLoad {
  readonly tracing: Tracing;
  /** Loads of one round were recorded back to back in random order. */
  readonly round: number;
  readonly warmUp: boolean;
  /** Empty where the load went wrong. */
  readonly steps: readonly CalibrationStep[];
  readonly problems: readonly LoadProblem[];
}

export interface CalibrationStep {
  readonly step: string;
  readonly inpMs: Measure;
  readonly icpMs: Measure;
}

export interface EffectRow {
  /** Null for the mean over the steps of a load. */
  readonly step: string | null;
  readonly metric: EffectMetric;
  readonly tracing: Tracing;
  /** Over the loads that count. */
  readonly medianMs: Measure;
  /** Loads that gave a figure. */
  readonly loads: number;
  /** By how much it exceeds the untraced load of its round. Of `none` itself there is none. */
  readonly shift: Shift | Unavailable<'untraced' | 'too-few-pairs'>;
}

export type EffectMetric = 'inpMs' | 'icpMs';
