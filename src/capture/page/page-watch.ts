import type { BrowserContext, CDPSession, Page } from 'puppeteer-core';
import { LoadFailure } from '../load-failure.ts';

/** What a page did that nobody asked for. */
export interface Unasked {
  readonly dialogs: number;
  readonly popups: number;
  readonly downloads: number;
}

/**
 * Watches a page for what would hang or falsify a load: dialogs are dismissed, since an open one stops everything, and
 * windows that it opens are closed, since behind one it is hidden and paints no more. Work on a page that has gone ends at
 * once: not every call of Puppeteer notices.
 */
export class PageWatch {
  readonly #gone: Promise<never>;
  readonly #endWith: (failure: LoadFailure) => void;
  #failure: LoadFailure | undefined;
  readonly #unasked = { dialogs: 0, popups: 0, downloads: 0 };

  constructor(page: Page, session: CDPSession) {
    const { promise, reject } = Promise.withResolvers<never>();
    this.#gone = promise;
    promise.catch(() => undefined);
    this.#endWith = (failure) => {
      this.#failure ??= failure;
      reject(this.#failure);
    };
    this.#watchPage(page);
    this.#watchBrowser(page);
    session.on('Page.downloadWillBegin', () => {
      this.#unasked.downloads++;
    });
  }

  #watchPage(page: Page): void {
    page.on('dialog', (dialog) => {
      this.#unasked.dialogs++;
      const answered = dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss();
      // The page may have gone away meanwhile, and its dialog with it.
      answered.catch(() => undefined);
    });
    page.on('popup', (popup) => {
      this.#unasked.popups++;
      popup?.close().catch(() => undefined);
    });
    page.on('error', ({ message }) => {
      this.#endWith(new LoadFailure('page-crashed', message));
    });
    page.on('close', () => {
      this.#endWith(new LoadFailure('page-closed', 'The page closed itself.'));
    });
  }

  #watchBrowser(page: Page): void {
    const browser = page.browser();
    const onGone = (): void => {
      this.#endWith(new LoadFailure('browser-failed', 'The browser has disconnected.'));
    };
    browser.once('disconnected', onGone);
    page.once('close', () => browser.off('disconnected', onGone));
    if (!browser.connected) onGone();
  }

  /** Why there is no page any more, if there is none. */
  get failure(): LoadFailure | undefined {
    return this.#failure;
  }

  get unasked(): Unasked {
    return { ...this.#unasked };
  }

  /** Waits for work on the page, but not on when that has gone. */
  async whileOpen<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([work, this.#gone]);
    } finally {
      work.catch(() => undefined);
    }
  }
}

/** Denied, and at once: a question to nobody would wait for ever. */
export async function denyPermissions(context: BrowserContext): Promise<void> {
  const denied = PERMISSIONS.map((name) => ({ permission: { name }, state: 'denied' as const }));
  await context.setPermission('*', ...denied);
}

const PERMISSIONS = ['geolocation', 'notifications', 'camera', 'microphone', 'midi'];
