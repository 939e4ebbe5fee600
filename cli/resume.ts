import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scenario } from '../src/capture/scenario/scenario.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import { InpactError, type Session, type Shard } from '../src/index.ts';
import { redactText } from '../src/redact/redact-text.ts';
import { withCaptureLock } from './capture-lock.ts';
import type { Io } from './io.ts';
import { refuseOtherSettings } from './same-settings.ts';
import { openSession } from './session-folder.ts';

/** What is left of a recording that was interrupted, and the settings that make its rest like its beginning. */
export interface Resumed {
  readonly folder: string;
  /** Plan, seed and folder are the recording's own. It need not wait for other recordings again. */
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

export interface ResumeOrder {
  readonly folder: string;
  readonly wanted: Wanted;
  readonly settings: Settings;
}

/**
 * Goes on with a recording. Plan and seed are its own; scenario, address and surroundings must be the same.
 * @param work Is done while no other recording can write to the folder.
 * @throws {InpactError} `bad-usage` if one of them is another.
 */
export async function withResumed<T>(
  order: ResumeOrder,
  io: Io,
  work: (left: Resumed) => Promise<T>,
): Promise<T> {
  // First, so that a slip of the pen is not heard of an hour later.
  await resumable(order);
  return withCaptureLock(order.settings, io, async () => {
    // Again: the one that was waited for may have recorded there, and what it was writing looked unfinished.
    const left = await resumable(order);
    await removeUnfinished(order.folder);
    return work(left);
  });
}

async function resumable({ folder, wanted, settings }: ResumeOrder): Promise<Resumed> {
  const { scenario, url, size } = wanted;
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
  const { shard, ...plan } = session.plan;
  return {
    folder,
    settings: { ...settings, ...plan, ...sameShard(shard, settings), output: folder, captureLock: false },
    session,
  };
}

/** @throws {InpactError} `bad-usage` if another is asked for: the rounds of two would lie in one session. */
function sameShard(recorded: Shard | undefined, { shard: asked }: Settings): Pick<Settings, 'shard'> {
  const shard = recorded === undefined ? undefined : `${String(recorded.index)}/${String(recorded.of)}`;
  if (asked === undefined || asked === shard) return shard === undefined ? {} : { shard };
  throw new InpactError(
    'bad-usage',
    `The recording to go on with is ${shard === undefined ? 'of the whole plan' : `shard ${shard}`}, not shard ${asked}`,
    { hint: 'Leave --shard out to go on with it, or record the other one in a folder of its own.' },
  );
}

const namesOf = (steps: readonly { readonly name: string }[]): string =>
  steps.map(({ name }) => name).join('\n');

/** What a killed recording was writing. Nothing else has such names. */
async function removeUnfinished(folder: string): Promise<void> {
  const names = await readdir(folder);
  const unfinished = names.filter((name) => /\.tmp-\d+$/.test(name));
  await Promise.all(unfinished.map((name) => rm(join(folder, name), { force: true })));
}
