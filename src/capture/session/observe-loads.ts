import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Measure, unavailable } from '../../base/measure.ts';
import type { CalibrationLoad, CalibrationStep, Tracing } from '../../result/calibration.ts';
import type { OpenBrowser } from '../browser/browser.ts';
import { type BrowserOrder, withBrowser } from '../browser/with-browser.ts';
import { loadProblem } from '../load-failure.ts';
import type { LoadOrder } from '../load/load-order.ts';
import type { ObservedLoad, ObservedStep } from '../load/observed-load.ts';
import { runLoad } from '../load/run-load.ts';
import { planLoads } from './plan.ts';

export const TRACINGS: readonly Tracing[] = ['none', 'light', 'full'];

export interface ObservationOrder extends BrowserOrder {
  /** What is the same in each load. */
  readonly load: Omit<LoadOrder, 'tracePath' | 'observed' | 'repetitions' | 'onBufferUsage'>;
  readonly runs: number;
  readonly warmUps: number;
  readonly seed: number;
  /** Where traces lie as long as they are written. It exists. */
  readonly folder: string;
}

/** Loads a page untraced and under each preset, in random order within each round, timed by the page alone. */
export async function* observeLoads(order: ObservationOrder): AsyncIterable<CalibrationLoad> {
  const { runs, warmUps, seed } = order;
  for (const { variant, round, warmUp } of planLoads({ variants: TRACINGS, runs, warmUps, seed })) {
    const tracing = TRACINGS.find((name) => name === variant) ?? 'none';
    // A browser for each load: what one preset leaves behind in it must not fall to the next.
    const load = await withBrowser(order, (open) => observeLoad(open, tracing, order));
    yield { tracing, round, warmUp, ...load };
  }
}

async function observeLoad(
  { browser }: OpenBrowser,
  tracing: Tracing,
  { load, folder }: ObservationOrder,
): Promise<Pick<CalibrationLoad, 'steps' | 'problems'>> {
  const tracePath = join(folder, `calibration-${tracing}.json.gz`);
  const settings = {
    ...load.environment.settings,
    ...(tracing === 'none' ? {} : { categoryPreset: tracing }),
  };
  try {
    const { observed, problems } = await runLoad(browser, {
      ...load,
      environment: { ...load.environment, settings },
      ...(tracing === 'none' ? {} : { tracePath }),
      observed: true,
      repetitions: 1,
      onBufferUsage: () => undefined,
    });
    return { steps: problems.length === 0 ? stepsOf(observed) : [], problems };
  } catch (error) {
    return { steps: [], problems: [loadProblem(error)] };
  } finally {
    // Nobody reads it: what counts is that Chrome wrote it.
    await rm(tracePath, { force: true });
  }
}

const stepsOf = (observed: ObservedLoad | null): readonly CalibrationStep[] =>
  (observed?.steps ?? []).map((step) => ({
    step: step.step,
    inpMs: longest(step, 'durationMs'),
    icpMs: longest(step, 'icpMs'),
  }));

function longest({ interactions }: ObservedStep, key: 'durationMs' | 'icpMs'): Measure<'no-entry'> {
  const known = interactions
    .map((interaction) => interaction[key])
    .filter((value) => typeof value === 'number');
  return known.length === 0 ? unavailable('no-entry') : Math.max(...known);
}
