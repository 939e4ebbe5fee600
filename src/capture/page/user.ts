import { type ElementHandle, type KeyInput, type Page, type Point, TimeoutError } from 'puppeteer-core';
import type { Deadlines } from '../deadlines.ts';
import { LoadFailure } from '../load-failure.ts';
import type { PageProbe } from './page-probe.ts';

export type Key = KeyInput;

/** One selector, or alternatives of which the first that matches is taken. Puppeteer's: CSS, and `::-p-text()`, `::-p-aria()`, `>>>`. */
export type Target = string | readonly string[];

/** Gives a page real input: Chrome times only that. `element.click()` in the page would produce no interaction. */
export interface User {
  click(target: Target): Promise<void>;
  doubleClick(target: Target): Promise<void>;
  /** Moves the pointer there, and lets the page paint the hover. */
  hover(target: Target): Promise<void>;
  /** Presses the button over one element and lets go over another. */
  drag(from: Target, to: Target): Promise<void>;
  /** Turns the wheel by so many pixels, over an element, or where the pointer is. */
  scroll(by: { readonly x?: number; readonly y?: number }, target?: Target): Promise<void>;
  /** Focuses a field and types into it, key by key. */
  type(target: Target, text: string): Promise<void>;
  press(key: Key): Promise<void>;
  focus(target: Target): Promise<void>;
  /** Waits until the selector matches, by watching for changes: asking for visibility would make the page lay itself out. */
  see(target: Target): Promise<void>;
}

export interface UserParts {
  readonly page: Page;
  readonly probe: PageProbe;
  readonly deadlines: Deadlines;
}

export function userOf(parts: UserParts): User {
  const { page } = parts;
  const { mouse, keyboard } = page;
  const hover = async (target: Target): Promise<void> => {
    await pointAt(parts, target);
  };
  const focus = (target: Target): Promise<void> => withElement(parts, target, (element) => element.focus());
  return {
    hover,
    focus,
    async click(target) {
      await hover(target);
      await mouse.down();
      await mouse.up();
    },
    async doubleClick(target) {
      const { x, y } = await pointAt(parts, target);
      await mouse.click(x, y, { count: 2 });
    },
    async drag(from, to) {
      await hover(from);
      await mouse.down();
      const end = await withElement(parts, to, (element) => element.clickablePoint());
      await mouse.move(end.x, end.y, { steps: DRAG_STEPS });
      await mouse.up();
    },
    async scroll({ x = 0, y = 0 }, target) {
      if (target !== undefined) await hover(target);
      await mouse.wheel({ deltaX: x, deltaY: y });
    },
    async type(target, text) {
      await focus(target);
      await keyboard.type(text);
    },
    press: (key) => keyboard.press(key),
    async see(target) {
      await (await find(parts, target, 'present')).dispose();
    },
  };
}

/** So that the page sees a movement, not a jump. */
const DRAG_STEPS = 10;

/** Where nothing reacts to the pointer: an idle pointer over content would add hover events to the trace. */
export const parkPointer = (page: Page): Promise<void> => page.mouse.move(0, 0);

/** Moves the pointer first and lets the page paint the hover, so that this is over when the click is measured. */
function pointAt(parts: UserParts, target: Target): Promise<Point> {
  return withElement(parts, target, async (element) => {
    await element.scrollIntoView();
    const point = await pointAtRest(parts, element, target);
    if (await isCovered(element, point)) {
      throw new LoadFailure(
        'element-covered',
        `Something else lies over the element of “${nameOf(target)}”.`,
      );
    }
    await parts.page.mouse.move(point.x, point.y);
    await parts.probe.nextFrames();
    return point;
  });
}

/** Waits until two frames in a row have it at the same place. */
async function pointAtRest(
  { probe, deadlines }: UserParts,
  element: ElementHandle,
  target: Target,
): Promise<Point> {
  const until = performance.now() + deadlines.elementMs;
  let before = await element.clickablePoint();
  // Once at least: on a busy machine the first look alone may take all of the time.
  do {
    await probe.nextFrames();
    const now = await element.clickablePoint();
    if (Math.abs(now.x - before.x) < 1 && Math.abs(now.y - before.y) < 1) return now;
    before = now;
  } while (performance.now() < until);
  throw new LoadFailure('element-moving', `The element of “${nameOf(target)}” did not come to rest.`);
}

/** The little that is asked of an element in the page: this side of the program knows no DOM. */
interface PageElement {
  readonly control?: PageElement | null;
  contains(other: PageElement): boolean;
  closest(selector: string): PageElement | null;
  getRootNode(): { elementFromPoint(x: number, y: number): PageElement | null };
}

/** Whether a click there would go to something else. A label stands for its control, and the other way round. */
function isCovered(element: ElementHandle, { x, y }: Point): Promise<boolean> {
  return element.evaluate(
    (own: PageElement, left: number, top: number) => {
      const hit = own.getRootNode().elementFromPoint(left, top);
      if (hit === null || hit.contains(own) || own.contains(hit)) return false;
      const label = hit.closest('label') ?? own.closest('label');
      return label === null || !(label.contains(own) || label.contains(hit) || label.control === own);
    },
    x,
    y,
  );
}

async function withElement<T>(
  parts: UserParts,
  target: Target,
  use: (element: ElementHandle) => Promise<T>,
): Promise<T> {
  const element = await find(parts, target, 'visible');
  try {
    return await use(element);
  } finally {
    await element.dispose();
  }
}

/** @throws {LoadFailure} Naming the selector, and whether nothing matches it or what does cannot be seen. */
async function find(
  { page, deadlines }: UserParts,
  target: Target,
  wanted: 'present' | 'visible',
): Promise<ElementHandle> {
  const selectors = typeof target === 'string' ? [target] : target;
  const options = { visible: wanted === 'visible', timeout: deadlines.elementMs };
  const giveUp = new AbortController();
  const searches = selectors.map((selector) =>
    page.waitForSelector(selector, { ...options, signal: giveUp.signal }),
  );
  try {
    const found = await Promise.any(searches);
    if (found !== null) return found;
  } catch (error) {
    const cause: unknown = error instanceof AggregateError ? error.errors[0] : error;
    if (!(cause instanceof TimeoutError)) throw cause;
    const isThere = await page.$(selectors[0] ?? '');
    const seconds = `${String(deadlines.elementMs / 1000)} s`;
    throw isThere === null
      ? new LoadFailure(
          'element-not-found',
          `No element matches “${nameOf(target)}” after ${seconds}.`,
          cause,
        )
      : new LoadFailure(
          'element-not-visible',
          `“${nameOf(target)}” matches, but could not be seen for ${seconds}.`,
          cause,
        );
  } finally {
    giveUp.abort();
    await Promise.allSettled(searches);
  }
  throw new LoadFailure('element-not-found', `No element matches “${nameOf(target)}”.`);
}

export const nameOf = (target: Target): string => (typeof target === 'string' ? target : (target[0] ?? ''));
