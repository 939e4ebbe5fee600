import { existsSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../cli/exit-code.ts';
import { randomNumbers } from '../../src/base/random.ts';
import { killCampaign } from '../support/kill-campaign.ts';
import { sessionIn, unfinishedIn } from '../support/session-files.ts';
import { inpact, startInpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testSite } from '../support/test-site.ts';

const FAILING_DISK = new URL('../support/failing-disk.mjs', import.meta.url).href;

const record = (url: string, folder: string, runs: number): readonly string[] =>
  `record ${url} --click #nothing --warm-ups 0 --host-check off -n ${String(runs)} -o ${folder}`.split(' ');

describe('a disk that fails', () => {
  // The first load writes its trace and the session; the second load's trace is the third file.
  test.each(['ENOSPC', 'EIO', 'EMFILE', 'EROFS'])(
    'with %s at the second load keeps the first',
    async (code) => {
      const folder = join(await temporaryFolder(), 'results');
      const env = { ...process.env, NODE_OPTIONS: `--import ${FAILING_DISK}`, FAILING_DISK: `${code}:3` };
      const ended = await inpact(record(await testSite(), folder, 3), env);
      expect([ended.code, ended.stderr]).toEqual([
        EXIT.cannotWrite,
        expect.stringMatching(new RegExp(`can't be written: ${code}`)),
      ]);
      const { loads } = await sessionIn(folder);
      expect(loads.map(({ status }) => status)).toEqual(['valid']);
      expect(existsSync(join(folder, loads[0]?.traceFile ?? ''))).toBe(true);
      expect(await unfinishedIn(folder)).toEqual([]);
    },
  );

  test('from the start is told, whatever was to be written', async () => {
    const ended = await inpact(record(await testSite(), '/proc/inpact', 1));
    expect([ended.code, ended.stderr]).toEqual([EXIT.cannotWrite, expect.stringContaining("can't be made")]);
  });

  test('for the report keeps the session', async () => {
    const folder = join(await temporaryFolder(), 'results');
    const env = { ...process.env, NODE_OPTIONS: `--import ${FAILING_DISK}`, FAILING_DISK: 'ENOSPC:3' };
    const ended = await inpact(record(await testSite(), folder, 1), env);
    expect([ended.code, ended.stderr]).toEqual([EXIT.cannotWrite, expect.stringContaining('report.html')]);
    expect((await sessionIn(folder)).loads).toHaveLength(1);
  });
});

test('a reader that closes the pipe is no failure', async () => {
  const folder = join(await temporaryFolder(), 'results');
  const { child, ended } = startInpact(record(await testSite(), folder, 1));
  child.stdout?.destroy();
  expect((await ended).code).toBe(0);
  expect((await sessionIn(folder)).loads).toMatchObject([{ status: 'valid' }]);
});

test('results that cannot be written are told', async () => {
  const folder = join(await temporaryFolder(), 'results');
  const full = await open('/dev/full', 'w');
  try {
    const ended = await startInpact(record(await testSite(), folder, 1), { stdout: full.fd }).ended;
    expect(ended.code).not.toBe(0);
    expect((await sessionIn(folder)).loads).toHaveLength(1);
  } finally {
    await full.close();
  }
});

test('an interrupted recording is gone on with, to the end of its plan', async () => {
  const folder = join(await temporaryFolder(), 'results');
  const url = await testSite();
  const { child, ended } = startInpact(record(url, folder, 4));
  await expect.poll(() => existsSync(join(folder, 'session.json')), { timeout: 60_000 }).toBe(true);
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  const before = await sessionIn(folder);
  expect(before.loads.length).toBeLessThan(4);
  const resumed = await inpact(['record', url, '--click', '#nothing', '--resume', folder]);
  expect(resumed.code).toBe(0);
  const after = await sessionIn(folder);
  expect(after.loads.map(({ round }) => round)).toEqual([0, 1, 2, 3]);
  expect(after.loads.slice(0, before.loads.length)).toEqual(before.loads);
  expect(after.plan.seed).toBe(before.plan.seed);
  const other = await inpact(['record', url, '--click', '#show', '--resume', folder]);
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('another scenario')]);
  const elsewhere = await inpact(['record', `${url}/other`, '--click', '#nothing', '--resume', folder]);
  expect([elsewhere.code, elsewhere.stderr]).toEqual([2, expect.stringContaining('another address')]);
  const slower = ['--cpu-throttle', '4', '--locale', 'de-DE', '--viewport', '800x600'];
  const changed = await inpact(['record', url, '--click', '#nothing', ...slower, '--resume', folder]);
  expect([changed.code, changed.stderr]).toEqual([
    2,
    expect.stringContaining('other settings: locale, cpuThrottle, viewport'),
  ]);
});

test('shards are merged with their traces', async () => {
  const home = await temporaryFolder();
  const url = await testSite();
  for (const index of [1, 2]) {
    const args = record(url, join(home, String(index)), 2);
    expect((await inpact([...args, '--shard', `${String(index)}/2`])).code).toBe(0);
  }
  const merged = join(home, 'merged');
  expect((await inpact(['merge', join(home, '1'), join(home, '2'), '-o', merged])).code).toBe(0);
  const { loads, plan } = await sessionIn(merged);
  expect(loads.map(({ round }) => round)).toEqual([0, 1]);
  expect(plan).not.toHaveProperty('shard');
  const files = await readdir(merged);
  for (const { traceFile } of loads) expect(files).toContain(traceFile);
});

test('kill -9 at random moments loses no load that was said to be done, and leaves no browser', async () => {
  const seed = 20_261_126;
  const campaign = await killCampaign({
    kills: 5,
    url: await testSite(),
    home: await temporaryFolder(),
    random: randomNumbers(seed),
  });
  expect(campaign).toMatchObject({ lost: 0, unreadable: 0, orphans: 0 });
  expect(campaign.kills).toBeGreaterThanOrEqual(5);
  expect(campaign.acknowledged).toBeGreaterThan(0);
});
