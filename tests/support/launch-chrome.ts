import { type Browser, launch } from 'puppeteer-core';

/** The machine's Chrome, to look at pages with. As root it starts only without its sandbox. */
export const launchChrome = (): Promise<Browser> =>
  launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
