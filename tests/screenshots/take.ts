import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { analyzeForDrawing } from '../../src/analyze.ts';
import { drawnFrame, reportPages } from '../support/report-page.ts';

/** A phone, a laptop and a large display: so high that the main thread is there. */
const SIZES = [
  { width: 400, height: 2450 },
  { width: 1280, height: 2100 },
  { width: 1920, height: 2100 },
] as const;
const THEMES = ['light', 'dark'] as const;

/** What pictures of the same page depend on beside the page. */
export interface Surroundings {
  /** Chrome's major version. */
  readonly chrome: string;
  /** Of the pixels that a text becomes with the machine's fonts, and with how it draws them: a hash. */
  readonly textPixels: number;
}

export interface Pictures {
  readonly surroundings: Surroundings;
  /** By the name of their file. */
  readonly pictures: ReadonlyMap<string, PNG>;
}

export const REFERENCES: string = join(import.meta.dirname, 'references');

const LAB = join(import.meta.dirname, '../../bench/recorded/lab.json.gz');

/** Opens the report of a recorded trace in each size and theme. */
export async function takePictures(): Promise<Pictures> {
  const lab = await analyzeForDrawing({ file: 'lab.json', bytes: [gunzipSync(readFileSync(LAB))] });
  const pages = await reportPages();
  try {
    const { page } = await pages.openTrace(lab);
    const pictures = new Map<string, PNG>();
    for (const theme of THEMES) {
      for (const size of SIZES)
        pictures.set(`${theme}-${String(size.width)}.png`, await pictureOf(page, theme, size));
    }
    return { surroundings: await surroundingsOf(page), pictures };
  } finally {
    await pages.close();
  }
}

async function pictureOf(
  page: Page,
  theme: (typeof THEMES)[number],
  size: (typeof SIZES)[number],
): Promise<PNG> {
  await page.setViewport(size);
  await page.emulateMediaFeatures([
    { name: 'prefers-reduced-motion', value: 'reduce' },
    { name: 'prefers-color-scheme', value: theme },
  ]);
  // What is drawn again for another width is drawn in the frame after the one that learns of it.
  for (let frame = 0; frame < 3; frame++) await drawnFrame(page);
  return coarse(PNG.sync.read(Buffer.from(await page.screenshot())));
}

/** With sixteen shades of each colour: then the smooth edges of letters take a third less in the repository. */
function coarse(picture: PNG): PNG {
  for (const [at, value] of picture.data.entries()) if (at % 4 !== 3) picture.data[at] = value & 0xf0;
  return picture;
}

const surroundingsOf = (page: Page): Promise<Surroundings> =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('This Chrome has no canvas');
    let hash = 0;
    for (const element of [document.body, document.querySelector('code') ?? document.body]) {
      context.font = `13.5px ${getComputedStyle(element).fontFamily}`;
      context.fillText('Which event loop 0123456789', 3.3, 30.7);
      for (const value of context.getImageData(0, 0, canvas.width, canvas.height).data)
        hash = (Math.imul(hash, 31) + value) | 0;
    }
    return { chrome: /Chrome\/(\d+)/.exec(navigator.userAgent)?.[1] ?? '', textPixels: hash };
  });
