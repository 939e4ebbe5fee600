import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect, type Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { sessionIn } from '../support/session-files.ts';
import { inpact, type Started, startInpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testSite } from '../support/test-site.ts';

/** A person ends when she has seen the result. Two frames are too early: what is drawn is not yet told to be on screen. */
const RESULT_ON_SCREEN = `new Promise((resolve) => {
  new PerformanceObserver(resolve).observe({ type: 'interaction-contentful-paint', buffered: true });
})`;

interface InUse {
  readonly started: Started;
  readonly folder: string;
  readonly page: Page;
}

/** Starts a recording by hand without a window, and takes hold of its page as a person would of the window. */
async function startByHand(): Promise<InUse> {
  const url = await testSite();
  const folder = join(await temporaryFolder(), 'results');
  const port = await freePort();
  const flags = `--headless --remote-debugging-port=${port}`;
  const begun = Promise.withResolvers<undefined>();
  const started = startInpact(['record', url, '--interactive', '--chrome-flags', flags, '-o', folder], {
    onStderr(text) {
      if (text.includes('use the page')) begun.resolve(undefined);
    },
  });
  await Promise.race([begun.promise, started.ended]);
  return { started, folder, page: await pageAt(`http://127.0.0.1:${port}`, url) };
}

async function pageAt(browserURL: string, url: string): Promise<Page> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const browser = await connect({ browserURL, defaultViewport: null }).catch(() => undefined);
    const target = await browser
      ?.waitForTarget((one) => one.url().startsWith(url), { timeout: 1_000 })
      .catch(() => undefined);
    const page = await target?.page();
    if (page !== null && page !== undefined) return page;
    await browser?.disconnect();
  }
  throw new Error('The browser did not open the page.');
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? String(address.port) : '0';
}

describe('a page that a person uses is recorded', () => {
  test.each(['Ctrl-C', 'closing the window'] as const)('until %s', async (how) => {
    const { started, folder, page } = await startByHand();
    await page.click('#show');
    await page.waitForSelector('#result h1');
    await page.evaluate(RESULT_ON_SCREEN);
    if (how === 'Ctrl-C') started.child.kill('SIGINT');
    else await page.close();
    const { code, stderr } = await started.ended;
    expect([code, stderr]).toEqual([0, expect.stringContaining('page: valid')]);
    const session = await sessionIn(folder);
    expect(session.loads).toMatchObject([{ status: 'valid', problems: [] }]);
    expect(session.loads[0]?.steps).toMatchObject([
      { step: 'By hand', interaction: { icpMs: expect.any(Number), icpSource: 'contentful-paint' } },
    ]);
  });
});

test.runIf(process.platform === 'linux')('without a display it is said that there is none', async () => {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  const { code, stderr } = await inpact(['record', 'http://127.0.0.1:9/', '--interactive'], env);
  expect(code).toBe(4);
  expect(stderr).toContain('There is no display to show the browser on');
  expect(stderr).toContain('xvfb-run');
});
