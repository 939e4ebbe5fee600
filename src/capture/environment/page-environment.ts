import type { BrowserContext, Credentials, Page, Viewport } from 'puppeteer-core';
import type { BrowserSettings } from '../../result/browser-settings.ts';
import type { Device } from './devices.ts';
import type { StoredState } from './stored-state.ts';

/** Everything around a page that a user may choose, ready to be applied. Secrets included: this is never written. */
export interface PageEnvironment {
  readonly settings: BrowserSettings;
  readonly viewport: Viewport;
  readonly device?: Device;
  readonly extraHeaders: Readonly<Record<string, string>>;
  readonly basicAuth?: Credentials;
  readonly state?: StoredState;
}

/** Gives a fresh page its surroundings. Throttling is last, since it slows this down as well. */
export async function applyEnvironment(
  page: Page,
  context: BrowserContext,
  environment: PageEnvironment,
): Promise<void> {
  const { settings, device, viewport, extraHeaders, basicAuth, state } = environment;
  if (device === undefined) await page.setViewport(viewport);
  else await page.emulate({ ...device, viewport });
  if (settings.locale !== null) await page.emulateLocale(settings.locale);
  if (settings.timeZone !== null) await page.emulateTimezone(settings.timeZone);
  if (Object.keys(extraHeaders).length > 0) await page.setExtraHTTPHeaders(extraHeaders);
  if (basicAuth !== undefined) await page.authenticate(basicAuth);
  if (!settings.serviceWorkers) await page.setBypassServiceWorker(true);
  if (settings.blockedUrls.length > 0) await blockUrls(page, settings.blockedUrls);
  if (state !== undefined) await restore(page, context, state);
}

/** Slows page and network down, as the settings say. */
export async function throttle(page: Page, { cpu, network }: BrowserSettings): Promise<void> {
  if (network !== null) {
    await page.emulateNetworkConditions({
      latency: network.latencyMs,
      download: bytesPerSecond(network.downloadKbps),
      upload: bytesPerSecond(network.uploadKbps),
    });
  }
  if (cpu.rate !== 1) await page.emulateCPUThrottling(cpu.rate);
}

const bytesPerSecond = (kbps: number): number => (kbps * 1000) / 8;

async function blockUrls(page: Page, patterns: readonly string[]): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Network.enable');
  await session.send('Network.setBlockedURLs', { urls: [...patterns] });
}

async function restore(
  page: Page,
  context: BrowserContext,
  { cookies, origins }: StoredState,
): Promise<void> {
  if (cookies.length > 0) await context.setCookie(...cookies);
  if (origins.length === 0) return;
  await page.evaluateOnNewDocument(
    `for (const { origin, localStorage: items } of ${JSON.stringify(origins)}) {
       if (origin !== location.origin) continue;
       for (const { name, value } of items) if (localStorage.getItem(name) === null) localStorage.setItem(name, value);
     }`,
  );
}
