import { type Browser, launch } from 'puppeteer-core';
import { InpactError } from '../base/errors.ts';
import { withDeadline } from './deadline.ts';

export interface LaunchOptions {
  readonly chromePath: string;
  readonly headless: boolean;
  /** Whether this process runs as root. Chrome then refuses to start unless its sandbox is off. */
  readonly isRoot: boolean;
  /** Told what the user should know about how the browser was started. */
  readonly report: (line: string) => void;
}

export const VIEWPORT: Readonly<{ width: number; height: number }> = { width: 1280, height: 800 };

/** No call to the browser may wait for longer than this. */
export const CALL_DEADLINE_MS = 60_000;

/** @throws {InpactError} `browser-failed` if Chrome does not start. */
export async function launchBrowser({
  chromePath,
  headless,
  isRoot,
  report,
}: LaunchOptions): Promise<Browser> {
  if (isRoot) report('Running as root, where Chrome starts only without its sandbox: adding --no-sandbox.');
  try {
    return await launch({
      executablePath: chromePath,
      headless,
      args: ['--no-first-run', '--disable-quic', ...(isRoot ? ['--no-sandbox'] : [])],
      defaultViewport: VIEWPORT,
      protocolTimeout: CALL_DEADLINE_MS,
      // The command line decides what an interruption means.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (cause) {
    throw new InpactError('browser-failed', `Chrome did not start: ${chromePath}`, {
      hint: sandboxHint(cause) ?? 'Start it by hand to see why, or name another with --chrome-path.',
      cause,
    });
  }
}

const CLOSE_DEADLINE_MS = 10_000;

/** Ends a browser, by force if it does not end by itself. */
export async function endBrowser(browser: Browser): Promise<void> {
  try {
    await withDeadline(browser.close(), CLOSE_DEADLINE_MS, 'Closing Chrome');
  } catch {
    // Whether it died or hangs: nothing of it may be left.
    browser.process()?.kill('SIGKILL');
  }
}

/** Waits for work that needs the browser, but not on when that has gone: not every call of Puppeteer notices. */
export async function whileConnected<T>(browser: Browser, work: Promise<T>): Promise<T> {
  const { promise: gone, reject } = Promise.withResolvers<never>();
  const onGone = (): void => {
    reject(new Error('The browser has disconnected'));
  };
  browser.once('disconnected', onGone);
  if (!browser.connected) onGone();
  try {
    return await Promise.race([work, gone]);
  } finally {
    browser.off('disconnected', onGone);
    work.catch(() => undefined);
  }
}

/** The flags that Chrome was started with, without the paths of this machine. */
export function flagsOf(browser: Browser): readonly string[] {
  const [, ...flags] = browser.process()?.spawnargs ?? [];
  return flags.filter((flag) => flag.startsWith('--') && !flag.startsWith('--user-data-dir'));
}

function sandboxHint(cause: unknown): string | undefined {
  const isSandbox = cause instanceof Error && /no usable sandbox/i.test(cause.message);
  return isSandbox
    ? 'The system forbids Chrome its sandbox. On Ubuntu 24.04 run INPact under `aa-exec --profile=chrome`, or allow unprivileged user namespaces.'
    : undefined;
}
