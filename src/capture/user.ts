import type { KeyInput, Page } from 'puppeteer-core';

/** Gives a page real input: Chrome times only that. `element.click()` in the page would produce no interaction. */
export interface User {
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  press(key: KeyInput): Promise<void>;
  /** Waits until the selector matches, by watching for changes: asking for visibility would make the page lay itself out. */
  see(selector: string): Promise<void>;
}

export function userOf(page: Page): User {
  return {
    async click(selector) {
      await pointAt(page, selector);
      await page.mouse.down();
      await page.mouse.up();
    },
    async type(selector, text) {
      await page.focus(selector);
      await page.keyboard.type(text);
    },
    press: (key) => page.keyboard.press(key),
    async see(selector) {
      await page.waitForSelector(selector);
    },
  };
}

/** Where nothing reacts to the pointer: an idle pointer over content would add hover events to the trace. */
export const parkPointer = (page: Page): Promise<void> => page.mouse.move(0, 0);

/** Moves the pointer first and lets the page paint the hover, so that this is over when the click is measured. */
async function pointAt(page: Page, selector: string): Promise<void> {
  const element = await page.waitForSelector(selector, { visible: true });
  if (element === null) return;
  try {
    await element.scrollIntoView();
    const { x, y } = await element.clickablePoint();
    await page.mouse.move(x, y);
    await nextFrames(page);
  } finally {
    await element.dispose();
  }
}

/** Waits until what the page has done so far is painted; where that was to go to another page, until that one is. */
export async function nextFrames(page: Page): Promise<void> {
  try {
    await page.evaluate(TWO_FRAMES);
  } catch (error) {
    if (!(error instanceof Error && /context was destroyed/i.test(error.message))) throw error;
    await nextFrames(page);
  }
}

/** Runs in the page, hence a string: this side of the program knows no DOM. */
const TWO_FRAMES =
  'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))';
