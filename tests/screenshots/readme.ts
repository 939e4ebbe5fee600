import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BoundingBox, Page } from 'puppeteer-core';
import { launchChrome } from '../support/launch-chrome.ts';

const PICTURE = join(import.meta.dirname, '../../docs/images/timelines.png');
const MARGIN_PX = 24;

/** Renews the README's picture from the report of a demo: the step that its answer speaks of, both timelines. */
const [report] = process.argv.slice(2);
if (report === undefined) throw new Error('Usage: npm run readme:picture -- <folder>/report.html');
const browser = await launchChrome();
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1180, height: 1600 });
  await page.goto(pathToFileURL(resolve(report)).href);
  const clip = boxAround([await boxOf(page, '.step-description'), await boxOf(page, '.timelines')]);
  await writeFile(PICTURE, await page.screenshot({ clip, captureBeyondViewport: true }));
  process.stdout.write(`${PICTURE}\n`);
} finally {
  await browser.close();
}

async function boxOf(page: Page, selector: string): Promise<BoundingBox> {
  const box = await (await page.waitForSelector(selector))?.boundingBox();
  if (box === undefined || box === null) throw new Error(`The report shows no ${selector}.`);
  return box;
}

function boxAround(boxes: readonly BoundingBox[]): BoundingBox {
  const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN_PX;
  const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN_PX;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN_PX;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGIN_PX;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
