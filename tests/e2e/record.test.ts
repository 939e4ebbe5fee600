import { createServer } from 'node:http';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Session } from '../../src/result/session.ts';
import { sessionIn, stepOf, unfinishedIn } from '../support/session-files.ts';
import { type Ended, inpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testSite } from '../support/test-site.ts';

interface Recorded extends Ended {
  readonly folder: string;
}

interface Recording {
  /** The steps of a scenario, as source text. */
  readonly steps: string;
  /** Source text before the scenario. */
  readonly before?: string;
  readonly url?: string;
  readonly runs?: number;
  /** The name of the scenario's file. */
  readonly file?: string;
}

/** Records the test site, without warm-ups. */
async function record({
  steps,
  before = '',
  url,
  runs = 1,
  file = 'scenario.js',
}: Recording): Promise<Recorded> {
  const home = await temporaryFolder();
  const folder = join(home, 'results');
  const scenario = join(home, file);
  await writeFile(scenario, `${before}\nexport default { name: 'test', steps: [${steps}] };\n`);
  const args = ['--scenario', scenario, '-n', String(runs), '--warm-ups', '0', '-o', folder];
  const ended = await inpact(['record', url ?? (await testSite()), ...args]);
  return { ...ended, folder };
}

const clickOn = (button: string, then = ''): string =>
  `{ name: '${button}', expects: 'interaction', async run({ page, user }) { await user.click('#${button}'); ${then} } }`;

const statuses = ({ loads }: Session): readonly string[] =>
  loads.map(({ status, problems }) => [status, ...problems.map(({ code }) => code)].join(' '));

describe('a recording of one’s own page', () => {
  test('tells a click that shows a result from one that paints nothing, and survives a dialog', async () => {
    const { code, folder, stdout, stderr } = await record({
      steps: [
        clickOn('nothing'),
        clickOn('ask'),
        clickOn('show', `await page.waitForSelector('#result h1');`),
      ].join(),
    });
    expect([code, stderr]).toEqual([0, expect.stringContaining('page: valid')]);
    expect(stdout).toContain('Report: ');
    const session = await sessionIn(folder);
    expect(statuses(session)).toEqual(['valid']);
    const [load] = session.loads;
    if (load === undefined) throw new Error('There is no load.');
    expect(stepOf(load, 'nothing').interaction).toMatchObject({
      icpMs: { unavailable: 'no-contentful-change' },
    });
    expect(stepOf(load, 'show').interaction).toMatchObject({ icpMs: expect.any(Number) });
    expect(stepOf(load, 'show').requests).toMatchObject([
      { url: expect.stringMatching(/\/answer$/), status: 200 },
    ]);
    expect(load.integrity).toMatchObject({ dialogs: 1, dataLossOccurred: false, pageVisible: true });
    expect(await unfinishedIn(folder)).toEqual([]);
  });

  test('takes a click that leads to another page, and one that opens a window', async () => {
    // Until the window is closed it lies before the page, which may present no frame then: that click need not be an interaction.
    const open = `{ ...${clickOn('open')}, expects: 'nothing' }`;
    const { code, folder } = await record({ steps: [open, clickOn('leave')].join(',') });
    expect(code).toBe(0);
    const session = await sessionIn(folder);
    expect(statuses(session)).toEqual(['valid']);
    expect(session.loads[0]?.integrity).toMatchObject({ pageVisible: true, popups: 1 });
  });

  test('takes a scenario in TypeScript', async () => {
    const { code, folder } = await record({
      file: 'scenario.ts',
      before: 'interface Named { readonly name: string }\nconst named: Named = { name: "typed" };',
      steps: `{ ...named, expects: 'nothing', async run(context: { variant: string }): Promise<void> {} }`,
    });
    expect(code).toBe(0);
    expect((await sessionIn(folder)).scenario.steps).toMatchObject([{ name: 'typed', description: 'typed' }]);
  });
});

describe('a load is not counted', () => {
  test('if a step that should have been an interaction was none; the report is written all the same', async () => {
    const { code, folder, stderr } = await record({
      steps: `{ name: 'idle', expects: 'interaction', async run({ page }) { await page.evaluate('1'); } }`,
    });
    expect(code).toBe(4);
    expect(stderr).toContain('No load of page is fit to be judged: The step “idle” produced no interaction.');
    expect(statuses(await sessionIn(folder))).toEqual(['invalid missing-interaction']);
    expect(existsSync(join(folder, 'report.html'))).toBe(true);
  });

  test('if the page was an error page; after five alike the others are not tried', async () => {
    const { code, folder, stderr } = await record({
      runs: 7,
      url: `${await testSite()}/missing`,
      steps: clickOn('nothing'),
    });
    expect(code).toBe(4);
    expect(stderr).toContain('404');
    expect(stderr).toMatch(
      /the last five failed alike \(page-error-status: .*The 2 that are left are not tried/,
    );
    const { loads } = await sessionIn(folder);
    expect(loads.map(({ problems }) => problems[0]?.code)).toEqual(Array(5).fill('page-error-status'));
  });

  test('if a step failed; others are, and the one that failed is not repeated', async () => {
    const { code, folder, stdout } = await record({
      runs: 3,
      before: 'let loads = 0;',
      steps: `{ name: 'moody', expects: 'nothing', async run() { if (++loads === 2) throw new Error('Not today'); } }`,
    });
    expect(code).toBe(0);
    const session = await sessionIn(folder);
    expect(statuses(session)).toEqual(['valid', 'invalid step-failed missing-step-marker', 'valid']);
    expect(session.loads[1]?.problems[0]?.message).toContain('Not today');
    expect(stdout).toContain('1 of 3 loads does not count');
  });

  test('if the page crashed, which is named before what follows from it', async () => {
    const { code, folder } = await record({
      runs: 2,
      before: 'let loads = 0;',
      steps: `{ name: 'a', expects: 'nothing', async run({ page }) {
        if (++loads === 1) await page.goto('chrome://crash');
      } }`,
    });
    expect(code).toBe(0);
    expect(statuses(await sessionIn(folder))).toEqual(['invalid page-crashed missing-step-marker', 'valid']);
  });

  test('if its browser was killed; later ones are recorded with a new one', async () => {
    const { code, folder } = await record({
      runs: 3,
      before: 'let loads = 0;',
      steps: `{ name: 'a', expects: 'nothing', async run({ page }) {
        if (++loads === 1) {
          page.browser().process().kill('SIGKILL');
          await page.waitForSelector('#never');
        }
      } }`,
    });
    expect(code).toBe(0);
    const session = await sessionIn(folder);
    expect(statuses(session)).toEqual(['failed browser-failed', 'valid', 'valid']);
    expect(session.loads[0]).toMatchObject({ traceFile: null, trace: null });
    expect(await unfinishedIn(folder)).toEqual([]);
  });
});

describe('a recording ends', () => {
  test('where nothing answers, naming the address', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    server.close();
    await once(server, 'close');
    const url = `http://127.0.0.1:${String(port)}/`;
    const { code, stdout, stderr } = await record({ url, steps: clickOn('nothing') });
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toContain(`Error: Nothing answers at ${url} (net::ERR_CONNECTION_REFUSED`);
    expect(stderr).toContain('  Start the server first, and check host and port.');
  });

  test('where its folder has gone, saying what cannot be written', async () => {
    const { code, folder, stderr } = await record({
      before: `import { rm } from 'node:fs/promises'; import { join } from 'node:path';`,
      steps: `{ name: 'a', expects: 'nothing', async run() {
        await rm(join(import.meta.dirname, 'results'), { recursive: true });
      } }`,
    });
    expect(code).toBe(73);
    expect(stderr).toMatch(/Error: \S*Trace-\S* can't be written: ENOENT/);
    expect(existsSync(folder)).toBe(false);
  });
});

test('a recording that is asked to be quiet prints the path of the report and nothing else', async () => {
  const home = await temporaryFolder();
  const scenario = join(home, 'scenario.mjs');
  await writeFile(scenario, `export default { name: 'a', steps: [${clickOn('nothing')}] };`);
  const folder = join(home, 'results');
  const args = ['--scenario', scenario, '-n', '1', '--warm-ups', '0', '-q', '-o', folder];
  const { code, stdout, stderr } = await inpact(['record', await testSite(), ...args]);
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: `${join(folder, 'report.html')}\n`,
    stderr: '',
  });
  expect((await readdir(folder)).length).toBe(3);
});
