import { type Browser, connect, launch, type Viewport } from 'puppeteer-core';
import { InpactError } from '../../base/errors.ts';
import { DeadlineExceeded, withDeadline } from '../deadline.ts';
import { killGroup } from '../host/kill-group.ts';
import { makeProfileFolder, type ProfileFolder } from './profile-folder.ts';

export interface LaunchOptions {
  readonly chromePath: string;
  readonly headless: boolean;
  /** Whether this process runs as root. Chrome then refuses to start unless its sandbox is off. */
  readonly isRoot: boolean;
  /** Told what the user should know about how the browser was started. */
  readonly report: (line: string) => void;
  /** Beside those that make measurements steady. */
  readonly flags?: readonly string[];
}

/** A browser that is in use, with what ends it. */
export interface OpenBrowser {
  readonly browser: Browser;
  /** Ends it, by force if it does not end by itself, or hangs; or leaves it, if it was there before. */
  end(isHung?: boolean): Promise<void>;
}

export const VIEWPORT: Viewport = { width: 1280, height: 800 };

/** No call to the browser may wait for longer than this. */
const CALL_DEADLINE_MS = 60_000;
const CLOSE_DEADLINE_MS = 10_000;

const FLAGS: readonly string[] = ['--no-first-run', '--disable-quic'];

/** Starts a browser with a profile of its own. @throws {InpactError} `browser-failed` if it does not start. */
export async function launchBrowser(options: LaunchOptions): Promise<OpenBrowser> {
  const { chromePath, headless, isRoot, report, flags = [] } = options;
  if (isRoot) report('Running as root, where Chrome starts only without its sandbox: adding --no-sandbox.');
  const profile = await makeProfileFolder();
  try {
    const browser = await launch({
      executablePath: chromePath,
      headless,
      userDataDir: profile.path,
      args: [...FLAGS, ...(isRoot ? ['--no-sandbox'] : []), ...flags],
      defaultViewport: VIEWPORT,
      protocolTimeout: CALL_DEADLINE_MS,
      // The command line decides what an interruption means.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    return { browser, end: (isHung = false) => endLaunched(browser, profile, isHung) };
  } catch (cause) {
    await profile.remove();
    throw new InpactError('browser-failed', `Chrome did not start: ${chromePath}`, {
      hint: sandboxHint(cause) ?? 'Start it by hand to see why, or name another with --chrome-path.',
      cause,
    });
  }
}

async function endLaunched(browser: Browser, profile: ProfileFolder, isHung: boolean): Promise<void> {
  try {
    if (isHung) throw new DeadlineExceeded('It hangs already');
    await withDeadline(browser.close(), CLOSE_DEADLINE_MS, 'Closing Chrome');
  } catch {
    // Whether it died or hangs: nothing of it may be left.
    const pid = browser.process()?.pid;
    if (pid !== undefined) killGroup(pid);
  }
  await profile.remove();
}

/** The address of a browser that runs already: of its HTTP endpoint, or of its web socket. */
export type BrowserAddress = { readonly browserUrl: string } | { readonly wsEndpoint: string };

/** Uses a browser that runs already. @throws {InpactError} `browser-failed` if there is none. */
export async function attachBrowser(address: BrowserAddress): Promise<OpenBrowser> {
  const where =
    'browserUrl' in address ? { browserURL: address.browserUrl } : { browserWSEndpoint: address.wsEndpoint };
  try {
    const connecting = connect({ ...where, defaultViewport: null, protocolTimeout: CALL_DEADLINE_MS });
    const browser = await withDeadline(connecting, CLOSE_DEADLINE_MS, 'Connecting to Chrome');
    return { browser, end: () => browser.disconnect() };
  } catch (cause) {
    throw new InpactError('browser-failed', 'There is no browser at the address that was given', {
      hint: 'Start Chrome with --remote-debugging-port=9222, and give --browser-url http://127.0.0.1:9222.',
      cause,
    });
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
