import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { describeScenario } from '../../cli/describe-recording.ts';
import { packed } from '../../cli/output/report-html.ts';
import { run } from '../../cli/run.ts';
import { takeCaptureLock } from '../../src/capture/host/capture-lock.ts';
import { scenarioOf } from '../../src/capture/scenario/action-steps.ts';
import { environmentOf } from '../../src/capture/settings/build-environment.ts';
import { settingsSchema } from '../../src/capture/settings/settings.ts';
import type { Plan, Session } from '../../src/result/session.ts';
import { fakeIo } from '../support/fake-io.ts';
import { evidenceOf, loadOf } from '../support/loads.ts';
import { sampleSession } from '../support/sample-session.ts';
import { sessionIn } from '../support/session-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PAGE = 'http://127.0.0.1:9/';
const PLAN: Plan = { runs: 4, warmUps: 0, repetitions: 1, seed: 7 };

let folder = '';

beforeEach(async () => {
  const home = await temporaryFolder();
  // In it lies the lock: no other test waits for this one.
  vi.stubEnv('TMPDIR', home);
  onTestFinished(() => void vi.unstubAllEnvs());
  folder = join(home, 'results');
  await mkdir(folder);
});

/** A recording of these rounds, as `record` leaves it. */
async function recorded(rounds: readonly number[], plan: Plan = PLAN): Promise<Session> {
  const session = sampleSession();
  const { settings: browser, viewport } = await environmentOf(v.parse(settingsSchema, {}), undefined);
  const loads = rounds.map((round) => loadOf([], { variant: 'page', round }));
  return {
    ...session,
    ...evidenceOf(loads),
    scenario: describeScenario(scenarioOf(['click:#a'])),
    variants: [{ name: 'page', description: PAGE, url: PAGE }],
    environment: { ...session.environment, browser, viewport },
    claims: [],
    plan,
  };
}

const save = (session: Session): Promise<void> =>
  writeFile(join(folder, 'session.json'), JSON.stringify(session));

const resume = (...args: readonly string[]): readonly string[] => [
  'record',
  PAGE,
  '--click',
  '#a',
  '--resume',
  folder,
  '--chrome-path',
  '/bin/false',
  ...args,
];

test('a recording of which nothing is left stays as it is, without a browser', async () => {
  const finished = await recorded([0, 1, 2, 3]);
  await save(finished);
  const io = fakeIo();
  expect([await run(resume(), io), io.err()]).toEqual([0, expect.not.stringContaining('Error')]);
  expect(await sessionIn(folder)).toEqual(finished);
  const report = await readFile(join(folder, 'report.html'), 'utf8');
  // Of a whole page a failure would show every byte.
  expect(report.includes(await packed(JSON.stringify(await sessionIn(folder))))).toBe(true);
});

test('what another recording writes to the folder is left alone, and looked at when that has ended', async () => {
  await save(await recorded([0]));
  const unfinished = join(folder, 'Trace-2.json.gz.tmp-1');
  await writeFile(unfinished, '');
  const finished = await recorded([0, 1, 2, 3]);
  const giveBack = await takeCaptureLock({ onWait: () => undefined, signal: new AbortController().signal });
  const left: boolean[] = [];
  const io = fakeIo({
    stderr(text) {
      if (!text.startsWith('Another recording is under way')) return;
      left.push(existsSync(unfinished));
      void save(finished).then(giveBack);
    },
  });
  expect(await run(resume(), io)).toBe(0);
  expect([left, existsSync(unfinished)]).toEqual([[true], false]);
  expect(await sessionIn(folder)).toEqual(finished);
});

test('a slip of the pen is told before other recordings are waited for', async () => {
  await save(await recorded([0]));
  const giveBack = await takeCaptureLock({ onWait: () => undefined, signal: new AbortController().signal });
  onTestFinished(giveBack);
  const io = fakeIo();
  expect([await run(resume('--locale', 'de-DE'), io), io.err()]).toEqual([
    2,
    expect.stringMatching(/^Error: .*other settings: locale/),
  ]);
});

describe('a shard', () => {
  const SHARD = { ...PLAN, shard: { index: 2, of: 2 } };

  test.each([[[]], [['--shard', '2/2']]])('is gone on with as itself: %j', async (args) => {
    const finished = await recorded([1, 3], SHARD);
    await save(finished);
    expect(await run(resume(...args), fakeIo())).toBe(0);
    expect(await sessionIn(folder)).toEqual(finished);
  });

  test.each([
    ['another', SHARD, 'is shard 2/2, not shard 1/2'],
    ['a whole plan', PLAN, 'is of the whole plan, not shard 1/2'],
  ])('is not gone on with in the folder of %s', async (_, plan, why) => {
    await save(await recorded([1], plan));
    const io = fakeIo();
    expect([await run(resume('--shard', '1/2'), io), io.err()]).toEqual([2, expect.stringContaining(why)]);
  });
});
