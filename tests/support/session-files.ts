import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isUnavailable } from '../../src/base/measure.ts';
import type { Load, StepResult } from '../../src/result/load.ts';
import { readSession } from '../../src/result/schema/read-session.ts';
import type { MetricName } from '../../src/result/session-summary.ts';
import type { Session } from '../../src/result/session.ts';

/** The session in a folder, checked against its schema. */
export async function sessionIn(folder: string): Promise<Session> {
  const file = join(folder, 'session.json');
  return readSession(await readFile(file, 'utf8'), file);
}

/** Files that were begun and not finished. */
export const unfinishedIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((file) => file.includes('.tmp'));

export function stepOf({ steps, id }: Load, name: string): StepResult {
  const found = steps.find(({ step }) => step === name);
  if (found === undefined) throw new Error(`The load ${id} has no step ${name}.`);
  return found;
}

export function medianOf({ summary }: Session, variant: string, step: string, metric: MetricName): number {
  const measured = summary.find((row) => row.variant === variant && row.step === step)?.metrics[metric];
  if (measured === undefined || isUnavailable(measured)) {
    throw new Error(`There is no ${metric} of ${step} with ${variant}: ${JSON.stringify(measured)}`);
  }
  return measured.median;
}
