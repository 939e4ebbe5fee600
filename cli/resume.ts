import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scenario } from '../src/capture/scenario/scenario.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import { InpactError, type Session } from '../src/index.ts';
import { redactText } from '../src/redact/redact-text.ts';
import { refuseOtherSettings } from './same-settings.ts';
import { openSession } from './session-folder.ts';

/** What is left of a recording that was interrupted, and the settings that make its rest like its beginning. */
export interface Resumed {
  readonly settings: Settings;
  /** As it was left. */
  readonly session: Session;
}

/** What is to be recorded now. */
export interface Wanted {
  readonly scenario: Scenario;
  /** The window that the scenario was made for, where the settings name none. */
  readonly size?: string | undefined;
  /** Absent where the caller knows better what is the same: a checkout is served at another address each time. */
  readonly url?: string;
}

/**
 * Opens a recording to go on with it. Plan and seed are its own; scenario, address and surroundings must be the same.
 * @throws {InpactError} `bad-usage` if one of them is another.
 */
export async function resume(
  folder: string,
  { scenario, url, size }: Wanted,
  settings: Settings,
): Promise<Resumed> {
  const { session } = await openSession(folder);
  if (
    session.scenario.name !== scenario.name ||
    namesOf(session.scenario.steps) !== namesOf(scenario.steps)
  ) {
    throw new InpactError('bad-usage', `The recording in ${folder} is of another scenario`, {
      hint: `It is of “${session.scenario.name}”. Give that one, or record anew.`,
    });
  }
  const [recorded] = session.variants;
  // As the session has it: an address may hold a secret.
  if (url !== undefined && recorded?.url !== redactText(url)) {
    throw new InpactError('bad-usage', `The recording in ${folder} is of another address`, {
      hint: `It is of ${recorded?.url ?? 'none'}. Give that one, or record anew.`,
    });
  }
  await refuseOtherSettings(session, settings, size);
  await removeUnfinished(folder);
  const { runs, warmUps, repetitions, seed } = session.plan;
  return {
    settings: { ...settings, output: folder, runs, warmUps, repetitions, seed },
    session,
  };
}

const namesOf = (steps: readonly { readonly name: string }[]): string =>
  steps.map(({ name }) => name).join('\n');

/** What a killed recording was writing. Nothing else has such names. */
async function removeUnfinished(folder: string): Promise<void> {
  const names = await readdir(folder);
  const unfinished = names.filter((name) => /\.tmp-\d+$/.test(name));
  await Promise.all(unfinished.map((name) => rm(join(folder, name), { force: true })));
}
