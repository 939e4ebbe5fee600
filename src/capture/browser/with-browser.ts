import type { OpenBrowser } from './browser.ts';

export interface BrowserOrder<Open = OpenBrowser> {
  readonly launch: () => Promise<Open>;
  /** Ends the browser, and with it whatever is done there. */
  readonly signal: AbortSignal;
}

/** Does work in a browser of its own, which has ended when this returns. */
export async function withBrowser<Open extends Pick<OpenBrowser, 'end'>, T>(
  { launch, signal }: BrowserOrder<Open>,
  work: (open: Open) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const open = await launch();
  let ending: Promise<void> | undefined;
  // Once: a browser that is asked again while it ends is killed, and leaves its files behind.
  const end = (): void => {
    ending ??= open.end();
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    // While it started there was nothing to end.
    signal.throwIfAborted();
    const done = await work(open);
    signal.throwIfAborted();
    return done;
  } finally {
    signal.removeEventListener('abort', end);
    end();
    await ending;
  }
}
