import type { Page } from 'puppeteer-core';
import type { LoadProblem } from '../result/session.ts';

/** What a page does that nobody asked for. */
export interface PageFaults {
  dialogs(): number;
  problems(): readonly LoadProblem[];
}

/**
 * Watches a page for what would hang or falsify a load: dialogs are dismissed, since an open one stops everything, and
 * windows that it opens are closed, since behind one it is hidden and paints no more.
 */
export function watchPage(page: Page): PageFaults {
  let dialogs = 0;
  const problems: LoadProblem[] = [];
  page.on('dialog', (dialog) => {
    dialogs++;
    const answered = dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss();
    // The page may have gone away meanwhile, and its dialog with it.
    answered.catch(() => undefined);
  });
  page.on('popup', (popup) => {
    popup?.close().catch(() => undefined);
  });
  page.on('error', (error) => {
    problems.push({ code: 'page-crashed', message: error.message });
  });
  return { dialogs: () => dialogs, problems: () => problems };
}

/** Names what an error during a load means. */
export function problemOf(error: unknown, what: string): LoadProblem {
  const message = error instanceof Error ? error.message : String(error);
  const isBrowserGone = /Target closed|Session closed|detached|Connection closed|disconnected/i.test(message);
  return { code: isBrowserGone ? 'browser-failed' : 'step-failed', message: `${what} failed: ${message}` };
}
