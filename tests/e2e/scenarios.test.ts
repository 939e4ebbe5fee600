import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sessionIn, stepOf } from '../support/session-files.ts';
import { type Ended, inpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { LATE_MS, testSite } from '../support/test-site.ts';

interface Recorded extends Ended {
  readonly folder: string;
}

/** One load without warm-up. */
async function record(args: readonly string[]): Promise<Recorded> {
  const folder = join(await temporaryFolder(), 'results');
  const ended = await inpact(['record', ...args, '-n', '1', '--warm-ups', '0', '-o', folder]);
  return { ...ended, folder };
}

async function fileWith(name: string, content: string): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

describe('without a scenario', () => {
  test('clicks, typing and keys are steps in their order', async () => {
    const { code, folder, stdout } = await record([
      await testSite(),
      '--click',
      '#show',
      '--type',
      '#query=ab',
      '--press',
      'Enter',
      '--click',
      '#nothing',
      '--click',
      '#later',
      '--cross-check',
    ]);
    expect(code).toBe(0);
    const session = await sessionIn(folder);
    expect(session.scenario.steps.map(({ name }) => name)).toEqual([
      'Click on #show',
      'Type into #query',
      'Press Enter',
      'Click on #nothing',
      'Click on #later',
    ]);
    expect(session.loads).toMatchObject([{ status: 'valid' }]);
    const [check] = session.crossCheck ?? [];
    expect(check).toMatchObject({ library: expect.stringMatching(/^web-vitals \d/), problems: [] });
    expect(check?.steps.map(({ step }) => step)).toEqual(session.scenario.steps.map(({ name }) => name));
    // Nobody said what to wait for: the answer, and the paint that it leads to, belong to the step all the same.
    const late = session.loads[0]?.steps.at(-1);
    expect(late?.interaction).toMatchObject({ icpMs: expect.toSatisfy((ms: number) => ms > LATE_MS) });
    // Of the steps that paint: both saw the same paint of the same interaction.
    expect(check?.steps[0]?.icp).toMatchObject({
      pageMs: expect.any(Number),
      differenceMs: expect.toSatisfy((ms: number) => Math.abs(ms) <= 8),
      untracedMs: expect.any(Number),
    });
    expect(stdout).toContain('Page and trace differ by at most 8 ms');
  });

  test('a selector that matches nothing is named', async () => {
    const { code, stderr, folder } = await record([
      await testSite(),
      '--click',
      '#nowhere',
      '--element-timeout-ms',
      '500',
    ]);
    expect(code).toBe(4);
    expect(stderr).toContain('No element matches “#nowhere” after 0.5 s.');
    expect((await sessionIn(folder)).loads[0]?.problems[0]?.code).toBe('element-not-found');
  });
});

test('a recording of the Recorder panel is run, its steps named', async () => {
  const url = await testSite();
  const flow = {
    title: 'Shows the answer',
    steps: [
      {
        type: 'setViewport',
        width: 900,
        height: 700,
        deviceScaleFactor: 1,
        isMobile: false,
        hasTouch: false,
        isLandscape: false,
      },
      { type: 'navigate', url, assertedEvents: [{ type: 'navigation', url, title: 'Test site' }] },
      { type: 'click', target: 'main', selectors: [['aria/Show'], ['#show']], offsetX: 5, offsetY: 5 },
      { type: 'waitForElement', selectors: ['#result h1'] },
      { type: 'change', selectors: ['#query'], value: 'shoes' },
      { type: 'keyDown', key: 'Enter' },
      { type: 'keyUp', key: 'Enter' },
    ],
  };
  const { code, folder } = await record(['--scenario', await fileWith('flow.json', JSON.stringify(flow))]);
  expect(code).toBe(0);
  const session = await sessionIn(folder);
  expect(session.environment.viewport).toEqual({ width: 900, height: 700 });
  const [load] = session.loads;
  if (load === undefined) throw new Error('There is no load.');
  expect(load.status).toBe('valid');
  expect(load.steps.map(({ step }) => step)).toEqual(['Click on “Show”', 'Change #query', 'Press Enter']);
  expect(stepOf(load, 'Click on “Show”').interaction).toMatchObject({ icpMs: expect.any(Number) });
});

test('a log-in happens before the trace, and a step may promise a paint and a request', async () => {
  const url = await testSite();
  const scenario = await fileWith(
    'scenario.mjs',
    `export default {
      name: 'logged-in',
      url: '${url}/private',
      async setUp({ page, user, url }) {
        await page.goto(new URL('/login', url).href);
        await user.click('#log-in');
        await user.see('#welcome');
      },
      steps: [{ name: 'show', expects: 'paint', request: '/answer', async run({ user }) {
        await user.click('#show');
        await user.see('#result h1');
      } }],
    };`,
  );
  const { code, folder, stderr } = await record(['--scenario', scenario]);
  expect([code, stderr]).toEqual([0, expect.stringContaining('page: valid')]);
  const [load] = (await sessionIn(folder)).loads;
  expect(load?.trace?.requests.map(({ url: address }) => new URL(address).pathname)).not.toContain('/login');
});

test('an own server is started first and stopped in the end', async () => {
  const home = await temporaryFolder();
  const server = join(home, 'server.mjs');
  const running = join(home, 'running');
  const port = await freePort();
  await writeFile(
    server,
    `import { createServer } from 'node:http';
     import { rmSync, writeFileSync } from 'node:fs';
     const page = '<!doctype html><button id=a>A</button>';
     createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(page))
       .listen(${String(port)}, '127.0.0.1', () => { writeFileSync(${JSON.stringify(running)}, ''); console.log('ready'); });
     process.on('SIGTERM', () => { rmSync(${JSON.stringify(running)}); process.exit(); });`,
  );
  const { code } = await record([
    `http://127.0.0.1:${String(port)}/`,
    '--click',
    '#a',
    '--start-server',
    `"${process.execPath}" "${server}"`,
  ]);
  expect(code).toBe(0);
  await expect.poll(() => existsSync(running)).toBe(false);
});

test('a server that does not start is told with what it printed', async () => {
  const { code, stderr } = await record([
    'http://127.0.0.1:1/',
    '--click',
    '#a',
    '--start-server',
    'echo no database; exit 3',
  ]);
  expect(code).toBe(4);
  expect(stderr).toContain('did not start: it ended with code 3');
  expect(stderr).toContain('It printed: no database');
});

test('a server that listens elsewhere is told with what it printed', async () => {
  const url = `http://127.0.0.1:${String(await freePort())}/`;
  const { code, stderr } = await record([
    url,
    '--click',
    '#a',
    '--start-server',
    'echo ready on port 5174; exec sleep 60',
  ]);
  expect(code).toBe(4);
  expect(stderr).toContain(`Nothing answers at ${url}`);
  expect(stderr).toContain('was started, and printed: ready on port 5174');
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
