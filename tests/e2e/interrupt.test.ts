import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { launchBrowser } from '../../src/capture/browser/browser.ts';
import { findChrome } from '../../src/capture/browser/find-chrome.ts';
import { DEADLINES } from '../../src/capture/deadlines.ts';
import { recordLoads } from '../../src/capture/session/record-loads.ts';
import { sessionIn, unfinishedIn } from '../support/session-files.ts';
import { type Started, startInpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { plainEnvironment } from '../support/page-environment.ts';
import { testSite } from '../support/test-site.ts';

/** Far more loads than are recorded before the test interrupts. */
const RUNS = '500';
/** Longer than a busy machine needs to stop, and shorter than the tool's own deadlines. */
const SOON = 20_000;

interface Underway extends Started {
  readonly home: string;
  readonly results: string;
  readonly temporary: string;
}

/** Starts a command whose Chrome keeps its profile below a folder of the test, and waits until a load is complete. */
async function underway(command: (home: string) => Promise<readonly string[]>): Promise<Underway> {
  const home = await temporaryFolder();
  const results = join(home, 'results');
  const temporary = join(home, 'tmp');
  await mkdir(temporary);
  const args = [...(await command(home)), '-n', RUNS, '--warm-ups', '0', '-o', results];
  const started = startInpact(args, { env: envFor(temporary), detached: true });
  await expect.poll(() => existsSync(join(results, 'session.json')), { timeout: 60_000 }).toBe(true);
  return { ...started, home, results, temporary };
}

/** Whose folder it is, theirs is the lock: it waits for no other test. */
const envFor = (temporary: string): NodeJS.ProcessEnv => ({
  ...process.env,
  TMPDIR: temporary,
  INPACT_CAPTURE_LOCK: 'true',
});

async function recording(home: string): Promise<readonly string[]> {
  const scenario = join(home, 'scenario.mjs');
  const run = `async run({ user }) { await user.click('#nothing'); }`;
  await writeFile(
    scenario,
    `export default { name: 'a', steps: [{ name: 'a', expects: 'interaction', ${run} }] };`,
  );
  return ['record', await testSite(), '--scenario', scenario];
}

/** Living processes in whose command line a path occurs. */
async function processesWith(path: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    // A process may end while it is looked at.
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, index) => commands[index]?.includes(path) === true).map(Number);
}

/** Whether a process would still do something about a signal, other than to end by it. */
async function heeds(pid: number, signal: number): Promise<boolean> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  const caught = BigInt(`0x${/^SigCgt:\s*(\w+)/m.exec(status)?.[1] ?? '0'}`);
  return ((caught >> BigInt(signal - 1)) & 1n) === 1n;
}

const SIGINT = 2;

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends a recording in order: 130, complete loads kept, no browser left',
  async (signal) => {
    const { child, ended, results, temporary } = await underway(recording);
    expect(await processesWith(temporary)).not.toEqual([]);
    child.kill(signal);
    const { code, stdout, stderr } = await within(ended);
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toContain('Interrupted. Loads that were complete are kept.');
    const { loads } = await sessionIn(results);
    expect(loads.length).toBeGreaterThan(0);
    expect(loads.map(({ status }) => status)).toEqual(loads.map(() => 'valid'));
    expect(await unfinishedIn(results)).toEqual([]);
    await expect.poll(() => processesWith(temporary), { timeout: SOON }).toEqual([]);
    await expect.poll(() => readdir(temporary), { timeout: SOON }).toEqual([]);
  },
);

test('a second Ctrl-C ends it at once; the browser is ended by the next recording', async () => {
  const { child, ended, home, results, temporary } = await underway(recording);
  const pid = child.pid ?? 0;
  // A browser that does not answer: the orderly end would take its time.
  for (const browser of await processesWith(temporary)) process.kill(browser, 'SIGSTOP');
  child.kill('SIGINT');
  // Two signals of a kind at once would be one.
  await expect.poll(() => heeds(pid, SIGINT), { timeout: SOON }).toBe(false);
  child.kill('SIGINT');
  await within(ended);
  expect(child.signalCode).toBe('SIGINT');
  expect((await sessionIn(results)).loads.length).toBeGreaterThan(0);
  const next = startInpact(
    [...(await recording(home)), '-n', '1', '--warm-ups', '0', '-o', join(home, 'next')],
    {
      env: envFor(temporary),
    },
  );
  expect((await next.ended).code).toBe(0);
  await expect.poll(() => processesWith(temporary), { timeout: SOON }).toEqual([]);
});

test('Ctrl-C in the demo, which reaches its server as well, stops that and takes its database away', async () => {
  const { child, ended, temporary } = await underway(() => Promise.resolve(['demo']));
  if (child.pid === undefined) throw new Error('The demo has no process.');
  process.kill(-child.pid, 'SIGINT');
  expect((await within(ended)).code).toBe(130);
  await expect.poll(() => readdir(temporary), { timeout: SOON }).toEqual([]);
});

test('an interruption while Chrome starts records nothing more', async () => {
  const { path: chromePath } = await findChrome({ env: process.env });
  const interruption = new AbortController();
  const seen: string[] = [];
  const loads = recordLoads({
    scenario: { name: 'a', steps: [{ name: 'a', expects: 'nothing', run: () => Promise.resolve() }] },
    variants: [{ name: 'page', description: '', url: await testSite() }],
    plan: [{ variant: 'page', round: 0, warmUp: false }],
    repetitions: 1,
    environment: await plainEnvironment(),
    hostCheck: 'default',
    allowedOrigins: [],
    deadlines: DEADLINES,
    folder: await temporaryFolder(),
    async launch() {
      const isRoot = process.getuid?.() === 0;
      const open = await launchBrowser({ chromePath, headless: true, isRoot, report: () => undefined });
      open.browser.once('disconnected', () => seen.push('closed'));
      interruption.abort();
      return open;
    },
    analyze: () => Promise.reject(new Error('Nothing was recorded.')),
    onProgress: ({ kind }) => seen.push(kind),
    signal: interruption.signal,
  });
  await expect(all(loads)).rejects.toThrow('aborted');
  expect(seen).toEqual(['closed']);
});

/** Fails rather than waits for the end of all loads. */
function within<T>(work: Promise<T>): Promise<T> {
  const deadline = AbortSignal.timeout(SOON);
  const { promise, reject } = Promise.withResolvers<never>();
  deadline.addEventListener('abort', () => {
    reject(new Error(`It did not end within ${String(SOON / 1000)} s.`));
  });
  return Promise.race([work, promise]);
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
