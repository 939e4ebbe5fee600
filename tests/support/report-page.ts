import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { build } from 'vite';
import { fitTracks } from '../../cli/output/fit-tracks.ts';
import { reportHtml } from '../../cli/output/report-html.ts';
import type { DrawnTrace } from '../../src/analyze.ts';
import { launchChrome } from './launch-chrome.ts';

export interface OpenedPage {
  readonly page: Page;
  /** What a clean page leaves empty: console messages, exceptions, policy violations, dialogs, requests beyond the file. */
  readonly noise: readonly string[];
}

/** The viewer's pages, built for a test, and a Chrome to open them in. */
export interface ReportPages {
  openTrace(drawn: DrawnTrace, hash?: string): Promise<OpenedPage>;
  /** The page that reads a trace itself. */
  openEmpty(): Promise<OpenedPage>;
  close(): Promise<void>;
}

export async function reportPages(): Promise<ReportPages> {
  const folder = await mkdtemp(join(tmpdir(), 'inpact-timeline-'));
  const outDir = join(folder, 'viewer');
  await build({ configFile: 'vite.config.ts', logLevel: 'error', build: { outDir } });
  await build({ configFile: 'vite.config.ts', logLevel: 'error', mode: 'open', build: { outDir } });
  const template = await readFile(join(outDir, 'report.html'), 'utf8');
  const browser = await launchChrome();
  return {
    async openTrace({ trace, tracks }, hash = '') {
      const file = join(folder, 'trace.html');
      const fitted = await fitTracks([{ id: trace.file, tracks }], Number.MAX_SAFE_INTEGER);
      const content = { schemaVersion: 1, kind: 'trace', inpactVersion: 'test', trace } as const;
      await writeFile(file, await reportHtml(template, content, fitted.tracks));
      const opened = await openPage(browser, `${pathToFileURL(file).href}${hash}`);
      await opened.page.waitForSelector('.details-body > *');
      return opened;
    },
    openEmpty: () => openPage(browser, pathToFileURL(join(outDir, 'index.html')).href),
    async close() {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function openPage(browser: Browser, url: string): Promise<OpenedPage> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  // What scrolls smoothly is not yet where a test would click on it.
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  const noise: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(String(error)));
  page.on('dialog', (dialog) => {
    noise.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url.replace(/#.*/, '')) && !/^(data|blob):/.test(request.url())) {
      noise.push(request.url());
    }
  });
  await page.goto(url);
  await page.waitForSelector('h1');
  return { page, noise };
}

/** Two turns of the page's frames: what was asked for is drawn. */
export const drawnFrame = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
