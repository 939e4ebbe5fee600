import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  Browser,
  ChromeReleaseChannel,
  computeSystemExecutablePath,
  detectBrowserPlatform,
  getInstalledBrowsers,
  getVersionComparator,
} from '@puppeteer/browsers';
import { InpactError } from '../../base/errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The rule that found the browser, in the order in which the rules are tried. */
export type ChromeSource =
  '--chrome-path' | 'CHROME_PATH' | 'PUPPETEER_EXECUTABLE_PATH' | 'puppeteer-cache' | 'system';

export interface FoundChrome {
  readonly path: string;
  readonly source: ChromeSource;
}

/** What the rules ask of the machine. */
export interface ChromePlaces {
  readonly isExecutable: (path: string) => Promise<boolean>;
  /** Every Chrome in a Puppeteer cache, the newest build first. Rejects when the folder cannot be read. */
  readonly inCache: (cacheDir: string) => Promise<readonly string[]>;
  /** Where the system's installers put browsers, the best first. */
  readonly onSystem: (env: Environment) => readonly string[];
}

export interface FindChromeOptions {
  /** The value of `--chrome-path`. */
  readonly chromePath?: string | undefined;
  readonly env: Environment;
  readonly places?: ChromePlaces;
}

/** Finds the browser to drive. One that the user names is used or refused, never replaced by another. */
export async function findChrome({
  chromePath,
  env,
  places = here,
}: FindChromeOptions): Promise<FoundChrome> {
  const named: FoundChrome | undefined =
    chromePath === undefined ? namedInEnvironment(env) : { path: chromePath, source: '--chrome-path' };
  if (named !== undefined) {
    if (await places.isExecutable(named.path)) return named;
    throw notUsable(named);
  }
  const cache = await places.inCache(puppeteerCache(env)).then(
    (paths) => ({ paths, cause: undefined }),
    // A cache that another user owns is no reason to do without the system's browser.
    (cause: unknown) => ({ paths: [], cause }),
  );
  return (
    (await firstExecutable(places, cache.paths, 'puppeteer-cache')) ??
    (await firstExecutable(places, places.onSystem(env), 'system')) ??
    Promise.reject(noneFound(cache.cause))
  );
}

/** Where Puppeteer keeps the browsers that it downloads. https://pptr.dev/guides/configuration */
export function puppeteerCache(env: Environment): string {
  return given(env, 'PUPPETEER_CACHE_DIR') ?? join(homedir(), '.cache', 'puppeteer');
}

/** A variable's value. An empty one counts as absent: CI files set variables to nothing to unset them. */
export function given(env: Environment, name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}

/** The browser that a variable names. puppeteer-core itself reads no variables: what Puppeteer's users set is read here. */
export function namedInEnvironment(env: Environment): FoundChrome | undefined {
  for (const source of ['CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'] as const) {
    const path = given(env, source);
    if (path !== undefined) return { path, source };
  }
  return undefined;
}

async function firstExecutable(
  places: ChromePlaces,
  paths: readonly string[],
  source: ChromeSource,
): Promise<FoundChrome | undefined> {
  for (const path of paths) {
    if (await places.isExecutable(path)) return { path, source };
  }
  return undefined;
}

function notUsable({ path, source }: FoundChrome): InpactError {
  return new InpactError('no-browser', `${source} names ${path}, which is not a program that can be run`, {
    hint: `Give ${source} the path of Chrome's executable file, or leave it out to have a browser found.`,
  });
}

function noneFound(cause: unknown): InpactError {
  return new InpactError('no-browser', 'No Chrome or Chromium was found', {
    hint: 'Run `inpact browser --install` to download one, or set CHROME_PATH to the one you have.',
    cause,
  });
}

const here: ChromePlaces = { isExecutable, inCache, onSystem };

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Absent, forbidden, or behind a file: for the caller it is all the same.
    return false;
  }
}

async function inCache(cacheDir: string): Promise<readonly string[]> {
  const platform = detectBrowserPlatform();
  const newestFirst = getVersionComparator(Browser.CHROME);
  return (await getInstalledBrowsers({ cacheDir }))
    .filter((installed) => installed.browser === Browser.CHROME && installed.platform === platform)
    .filter(({ buildId }) => /^\d+(\.\d+){0,3}$/.test(buildId))
    .toSorted((a, b) => newestFirst(b.buildId, a.buildId))
    .map(({ executablePath }) => executablePath);
}

function onSystem(env: Environment): readonly string[] {
  return [
    ...onPath(env, ['google-chrome-stable', 'google-chrome']),
    ...Object.values(ChromeReleaseChannel).flatMap(installedChannel),
    ...onPath(env, ['chromium', 'chromium-browser']),
    ...(APPLICATIONS[process.platform] ?? []),
    ...onPath(env, ['microsoft-edge', 'microsoft-edge-stable']),
  ];
}

/** Browsers that are not on PATH, where Puppeteer does not look. */
const APPLICATIONS: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

function onPath(env: Environment, names: readonly string[]): readonly string[] {
  const folders = (given(env, 'PATH') ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function installedChannel(channel: ChromeReleaseChannel): readonly string[] {
  try {
    const path = computeSystemExecutablePath({ browser: Browser.CHROME, channel });
    // Under WSL this may be Windows' Chrome, which cannot read the profile folder that it would be given.
    return process.platform === 'linux' && path.endsWith('.exe') ? [] : [path];
  } catch {
    // Puppeteer throws a plain Error when the channel is not installed.
    return [];
  }
}
