import type { CDPSession, Page } from 'puppeteer-core';
import { DeadlineExceeded, withDeadline } from '../deadline.ts';
import type { Deadlines } from '../deadlines.ts';
import { LoadFailure } from '../load-failure.ts';
import { isolatedWorld } from './isolated-world.ts';

/**
 * Asks a page what only it knows, in a world of its own: what the page has done to its `window`, `Promise` or
 * `requestAnimationFrame` does not reach there.
 */
export class PageProbe {
  readonly #session: CDPSession;
  readonly #deadlines: Deadlines;

  constructor(session: CDPSession, deadlines: Deadlines) {
    this.#session = session;
    this.#deadlines = deadlines;
  }

  static async of(page: Page, deadlines: Deadlines): Promise<PageProbe> {
    return new PageProbe(await page.createCDPSession(), deadlines);
  }

  /** Waits until what the page has done so far is painted; where that was to go to another page, until that one is. */
  async nextFrames(): Promise<void> {
    const { probeAfterMs, answerMs } = this.#deadlines;
    try {
      await withDeadline(this.#untilPainted(), probeAfterMs + answerMs, 'Painting');
    } catch (error) {
      if (!(error instanceof DeadlineExceeded)) throw error;
      await this.answers();
      throw new LoadFailure('page-not-painting', 'The page answers, but paints no frame.', error);
    }
  }

  async #untilPainted(): Promise<void> {
    for (;;) {
      try {
        await this.#evaluate(TWO_FRAMES);
        return;
      } catch (error) {
        if (!hasNavigated(error)) throw error;
      }
    }
  }

  /** Whether the page is visible, as it is told by the browser. */
  async isVisible(): Promise<boolean> {
    const state = this.#evaluate('document.visibilityState');
    return (await withDeadline(state, this.#deadlines.answerMs, 'Asking the page')) === 'visible';
  }

  /** @throws {LoadFailure} `page-hung` if the page's main thread does not answer. */
  async answers(): Promise<void> {
    const { answerMs } = this.#deadlines;
    const answer = this.#evaluate('0').catch((error: unknown) => {
      if (!hasNavigated(error)) throw error;
    });
    try {
      await withDeadline(answer, answerMs, 'Asking the page');
    } catch (error) {
      if (!(error instanceof DeadlineExceeded)) throw error;
      const seconds = String(answerMs / 1000);
      throw new LoadFailure('page-hung', `The page's main thread has not answered for ${seconds} s.`, error);
    }
  }

  async #evaluate(expression: string): Promise<unknown> {
    const contextId = await isolatedWorld(this.#session, 'inpact');
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', {
      expression,
      contextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
    return result.value;
  }
}

const TWO_FRAMES =
  'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))';

/** The world went with the document that it belonged to. */
const hasNavigated = (error: unknown): boolean =>
  error instanceof Error &&
  /context was destroyed|Cannot find context|Inspected target navigated|frame .* not found|No frame for given id/i.test(
    error.message,
  );
