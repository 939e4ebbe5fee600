import { deadlinesOf, environmentOf } from '../src/capture/settings/build-environment.ts';
import { type Explored, explorePage, leftOutText } from '../src/capture/explore/explore-page.ts';
import type { Scenario } from '../src/capture/scenario/scenario.ts';
import type { Settings } from '../src/capture/settings/settings.ts';
import { browserFinder } from './browser-finder.ts';
import { withCaptureLock } from './capture-lock.ts';
import type { Io } from './io.ts';
import { termText } from './output/terminal.ts';

/** A scenario of what a page has to press and to type into. */
export async function exploredScenario(settings: Settings, url: string, io: Io): Promise<Scenario> {
  const environment = await environmentOf(settings, undefined);
  // The recording that follows tells about the browser.
  const findBrowser = await browserFinder({ ...settings, quiet: true }, io);
  if (!settings.quiet) io.stderr('Looking at what the page has to press.\n');
  const explore = (): Promise<Explored> =>
    explorePage({
      load: { url, environment, allowedOrigins: settings.allowOrigins, deadlines: deadlinesOf(settings) },
      limit: settings.autoLimit,
      allowDestructive: settings.allowDestructive,
      launch: () => findBrowser.open(),
      signal: io.signal,
    });
  const { scenario, leftOut } = await withCaptureLock(settings, io, explore);
  if (!settings.quiet) {
    const found = `Trying ${String(scenario.steps.length)} of ${String(scenario.steps.length + leftOut.length)}`;
    const rest = leftOut.length === 0 ? '' : `; left out: ${leftOutText(leftOut)}`;
    io.stderr(`${termText(`${found}${rest}.`)}\n`);
  }
  return scenario;
}
