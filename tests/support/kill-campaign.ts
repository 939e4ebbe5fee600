import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { readSession } from '../../src/result/schema/read-session.ts';
import type { Session } from '../../src/result/session.ts';
import { processesWith } from '../../src/node/process-identity.ts';
import { startInpact } from './spawned.ts';

/** What a series of recordings left behind that were killed at random moments. */
export interface Campaign {
  readonly kills: number;
  /** Loads that the tool had said were done. */
  readonly acknowledged: number;
  /** Of these, how many the session or a trace of was missing. Must be 0. */
  readonly lost: number;
  /** Sessions that could not be read. Must be 0. */
  readonly unreadable: number;
  /** Browsers of killed recordings that were still there after the next had started. Must be 0. */
  readonly orphans: number;
}

export interface CampaignOptions {
  readonly kills: number;
  readonly url: string;
  readonly home: string;
  /** Between 0 and 1, each time another. */
  readonly random: () => number;
  readonly onKill?: (done: number) => void;
}

/** After so many kills the next recording begins a folder of its own, so that none grows too large. */
const KILLS_PER_FOLDER = 10;
/** Starting takes about 2 s, a load half of one: every moment of both comes up. */
const LONGEST_LIFE_MS = 6_000;

/** Records, kills with SIGKILL at a random moment, goes on with `--resume`, and so forth. */
export async function killCampaign({ kills, url, home, random, onKill }: CampaignOptions): Promise<Campaign> {
  const temporary = join(home, 'tmp');
  await mkdir(temporary, { recursive: true });
  // With a lock, which the next recording takes over.
  const env = { ...process.env, TMPDIR: temporary, INPACT_CAPTURE_LOCK: 'true' };
  const plan = ['-n', '10000', '--warm-ups', '0', '--host-check', 'off'];
  let acknowledged = 0;
  let lost = 0;
  let unreadable = 0;
  let kill = 0;
  // Where no recording lived long enough to say that a load is done, none could be lost.
  for (; kill < kills || (acknowledged === 0 && kill < 3 * kills); kill++) {
    const folder = join(home, `results-${String(Math.floor(kill / KILLS_PER_FOLDER))}`);
    const earlier = loadsIn(folder);
    const before = earlier === undefined || earlier === 'unreadable' ? 0 : earlier.loads.length;
    const where = existsSync(join(folder, 'session.json')) ? ['--resume', folder] : [...plan, '-o', folder];
    const { child, ended } = startInpact(['record', url, '--click', '#nothing', ...where], { env });
    await delay(random() * LONGEST_LIFE_MS);
    child.kill('SIGKILL');
    const { stderr } = await ended;
    const told = stderr.match(/^\[\d+\/\d+\] page: /gm)?.length ?? 0;
    acknowledged += told;
    const session = loadsIn(folder);
    if (session === 'unreadable') unreadable++;
    else lost += Math.max(0, before + told - (await wholeLoads(folder, session)));
    onKill?.(kill + 1);
  }
  // One more, which clears up behind the last.
  const folder = join(home, 'last');
  await startInpact(['record', url, '--click', '#nothing', '-n', '1', '--warm-ups', '0', '-o', folder], {
    env,
  }).ended;
  return { kills: kill, acknowledged, lost, unreadable, orphans: (await ofFolder(temporary)).length };
}

function loadsIn(folder: string): Session | 'unreadable' | undefined {
  const path = join(folder, 'session.json');
  if (!existsSync(path)) return undefined;
  try {
    return readSession(readFileSync(path, 'utf8'), path);
  } catch {
    return 'unreadable';
  }
}

/** Loads of the session whose trace is there, and whole. */
async function wholeLoads(folder: string, session: Session | undefined): Promise<number> {
  let whole = 0;
  for (const { traceFile } of session?.loads ?? []) {
    if (traceFile === null) continue;
    JSON.parse(gunzipSync(await readFile(join(folder, traceFile))).toString());
    whole++;
  }
  return whole;
}

/** Processes whose profile lies in a folder. */
async function ofFolder(folder: string): Promise<readonly number[]> {
  return processesWith((argument) => argument.startsWith(`--user-data-dir=${folder}`));
}
