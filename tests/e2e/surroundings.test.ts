import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attachBrowser, type OpenBrowser } from '../../src/capture/browser/browser.ts';
import type { Load } from '../../src/result/load.ts';
import { faultSite } from '../support/fault-site.ts';
import { plainEnvironment } from '../support/page-environment.ts';
import { recordInProcess } from '../support/record-in-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What a page sees of its surroundings, as text that runs in it. */
const SEEN = `(async () => ({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  language: navigator.language,
  width: innerWidth,
  cookie: document.cookie,
  stored: localStorage.getItem('cart'),
  blocked: await fetch('/status-404?ad').then(() => false, () => true),
}))()`;

test('a page is given the surroundings that were asked for', async () => {
  const site = await faultSite();
  const storage = join(await temporaryFolder(), 'state.json');
  await writeFile(
    storage,
    JSON.stringify({
      cookies: [{ name: 'session', value: 's1', domain: '127.0.0.1', path: '/' }],
      origins: [{ origin: site, localStorage: [{ name: 'cart', value: 'shoes' }] }],
    }),
  );
  const environment = await plainEnvironment({
    timeZone: 'Asia/Tokyo',
    locale: 'de-DE',
    viewport: '700x500',
    blockUrls: ['*?ad*'],
    cache: 'warm',
    network: 'Fast 4G',
    serviceWorkers: false,
    storage,
  });
  let seen: unknown;
  const loads = await recordInProcess({
    scenario: {
      name: 'surroundings',
      steps: [
        {
          name: 'look',
          expects: 'nothing',
          async run({ page }) {
            seen = await page.evaluate(SEEN);
          },
        },
      ],
    },
    urls: { page: `${site}/good` },
    change: { environment },
  });
  expect(statuses(loads)).toEqual(['valid']);
  expect(seen).toEqual({
    timeZone: 'Asia/Tokyo',
    language: 'de-DE',
    width: 700,
    cookie: 'session=s1',
    stored: 'shoes',
    blocked: true,
  });
});

test('a browser that runs already is used, and left running', async () => {
  const site = await faultSite();
  const started: OpenBrowser[] = [];
  const go = { name: 'go', steps: [{ name: 'go', expects: 'interaction' as const, run: click }] };
  // The first recording only starts one: it is used by a second before it ends.
  const outer = await recordInProcess({
    scenario: {
      name: 'outer',
      async setUp() {
        const wsEndpoint = started[0]?.browser.wsEndpoint() ?? '';
        const inner = await recordInProcess({
          scenario: go,
          urls: { inner: `${site}/good` },
          change: { launch: () => attachBrowser({ wsEndpoint }) },
        });
        expect(statuses(inner)).toEqual(['valid']);
      },
      steps: go.steps,
    },
    urls: { outer: `${site}/good` },
    launched: (open) => started.push(open),
  });
  expect(statuses(outer)).toEqual(['valid']);
});

const click = ({ user }: { readonly user: { click(selector: string): Promise<void> } }): Promise<void> =>
  user.click('#go');

const statuses = (loads: readonly Load[]): readonly string[] =>
  loads.map(({ status, problems }) =>
    [status, ...problems.map(({ code, message }) => `${code}: ${message}`)].join(' '),
  );
