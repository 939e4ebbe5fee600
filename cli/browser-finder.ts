import { attachBrowser, launchBrowser, type OpenBrowser } from '../src/capture/browser/browser.ts';
import { findChrome } from '../src/capture/browser/find-chrome.ts';
import { reapOrphans } from '../src/capture/browser/profile-folder.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import { InpactError } from '../src/index.ts';
import type { Io } from './io.ts';
import { termText } from './output/terminal.ts';

/** Where browsers come from: started by us, or running already. */
export interface BrowserFinder {
  /** For people. */
  readonly name: string;
  /** Started by us, and so on this machine. */
  readonly isOurs: boolean;
  open(): Promise<OpenBrowser>;
}

/** @throws {InpactError} `no-browser` if there is none to start. */
export async function browserFinder(settings: Settings, io: Io): Promise<BrowserFinder> {
  const { browserUrl, wsEndpoint, chromePath, headed, chromeFlags, quiet } = settings;
  if (browserUrl !== undefined)
    return { name: browserUrl, isOurs: false, open: () => attachBrowser({ browserUrl }) };
  // The address of a web socket may hold a token.
  if (wsEndpoint !== undefined)
    return { name: 'a running one', isOurs: false, open: () => attachBrowser({ wsEndpoint }) };
  if (headed) refuseWithoutDisplay(chromeFlags, io);
  const found = await findChrome({ env: io.env, ...(chromePath === undefined ? {} : { chromePath }) });
  const notice = (line: string): void => {
    if (!quiet) io.stderr(`${termText(line)}\n`);
  };
  const reap = async (): Promise<void> => {
    const reaped = await reapOrphans();
    if (reaped > 0) notice(`Ended what ${String(reaped)} killed recordings had left behind.`);
  };
  let isFirst = true;
  return {
    name: `${found.path} (${found.source})`,
    isOurs: true,
    async open() {
      const report = isFirst ? notice : () => undefined;
      // Only now: the recording that was waited for may have been killed meanwhile.
      if (isFirst) await reap();
      isFirst = false;
      return launchBrowser({
        chromePath: found.path,
        headless: !headed,
        isRoot: io.isRoot,
        flags: chromeFlags,
        report,
      });
    },
  };
}

/** Chrome would end at once, and say so in its own words. On other systems there is no telling beforehand. */
function refuseWithoutDisplay(flags: readonly string[], { env }: Io): void {
  const isHeadless = flags.some((flag) => flag.startsWith('--headless'));
  const hasDisplay = [env['DISPLAY'], env['WAYLAND_DISPLAY']].some(
    (name) => name !== undefined && name !== '',
  );
  if (process.platform !== 'linux' || isHeadless || hasDisplay) return;
  throw new InpactError('browser-failed', 'There is no display to show the browser on', {
    hint: 'Log in to a desktop, set DISPLAY, or run INPact under xvfb-run.',
  });
}
