import { dirname, join } from 'node:path';
import { InpactError } from '../../base/errors.ts';
import {
  type Environment,
  type FoundChrome,
  given,
  namedInEnvironment,
  puppeteerCache,
} from './find-chrome.ts';
import { type Ended, installTools, type InstallTools, PINNED_BUILD } from './install-tools.ts';

export interface InstallChromeOptions {
  readonly env: Environment;
  /** Told what is going on, one line at a time. */
  readonly report: (line: string) => void;
  readonly tools?: InstallTools;
}

type Installation = Required<InstallChromeOptions>;

/** A download that stands still for this long is given up: without a network nothing else would end it. */
const PATIENCE_MS = 20_000;

/**
 * Downloads the Chrome that Puppeteer is made for. Where that cannot be had, root's apt-get installs Chromium.
 * Installs nothing where a variable names a browser. What comes back has been started once, on Linux, where a library may be missing.
 */
export async function installChrome({
  env,
  report,
  tools = installTools,
}: InstallChromeOptions): Promise<FoundChrome> {
  // What the user names is used or refused: whatever was installed would never be looked at.
  if (namedInEnvironment(env) !== undefined) return tools.find({ env });
  const installation: Installation = { env, report, tools };
  const downloaded = await download(installation);
  if ('path' in downloaded) return withLibraries(downloaded.path, installation);
  if (!(await canUseApt(tools))) throw notInstalled(downloaded, tools);
  report(downloaded.reason);
  return fromApt(installation);
}

interface NoDownload {
  readonly reason: string;
  readonly cause?: unknown;
}

async function download({
  env,
  report,
  tools,
}: Installation): Promise<{ readonly path: string } | NoDownload> {
  if (isOn(env, 'PUPPETEER_SKIP_DOWNLOAD')) {
    return { reason: 'PUPPETEER_SKIP_DOWNLOAD is set, so Chrome was not downloaded' };
  }
  const cacheDir = puppeteerCache(env);
  report(`Downloading Chrome ${PINNED_BUILD} into ${cacheDir}`);
  try {
    const path = await tools.download({
      cacheDir,
      baseUrl: given(env, 'PUPPETEER_CHROME_DOWNLOAD_BASE_URL'),
      patienceMs: PATIENCE_MS,
      onProgress: byQuarters(report),
    });
    return { path };
  } catch (cause) {
    return { reason: `Chrome could not be downloaded: ${lastLine(cause)}`, cause };
  }
}

/** As Puppeteer reads its switches. */
function isOn(env: Environment, name: string): boolean {
  const value = given(env, name)?.toLowerCase();
  return value !== undefined && !['0', 'false', 'off'].includes(value);
}

function byQuarters(report: (line: string) => void): (received: number, total: number) => void {
  let told = 0;
  return (received, total) => {
    const quarters = total === 0 ? 0 : Math.floor((4 * received) / total);
    if (quarters === told) return;
    told = quarters;
    report(`  ${quarters * 25} % of ${Math.round(total / 1e6)} MB`);
  };
}

// Puppeteer lists what each of its download sources said, the last one last.
function lastLine(cause: unknown): string {
  const line = cause instanceof Error ? cause.message.split('\n').at(-1) : undefined;
  return line?.replace(/^\s*- \w+: /, '') ?? String(cause);
}

async function withLibraries(path: string, { env, report, tools }: Installation): Promise<FoundChrome> {
  const found: FoundChrome = { path, source: 'puppeteer-cache' };
  // Elsewhere a browser brings all that it needs. On Windows `--version` would open a window.
  if (tools.platform !== 'linux' || (await starts(path, tools))) return found;
  if (await canUseApt(tools)) {
    report('Installing the libraries that Chrome needs, with apt-get');
    await aptGet(tools, ['update']);
    try {
      await tools.installLibraries(puppeteerCache(env));
    } catch (cause) {
      throw await doesNotStart(path, tools, cause);
    }
    if (await starts(path, tools)) return found;
  }
  throw await doesNotStart(path, tools);
}

async function fromApt({ env, report, tools }: Installation): Promise<FoundChrome> {
  report('Installing Chromium with apt-get');
  // One repository of several that does not answer is no reason to stop: the installation will tell.
  await aptGet(tools, ['update']);
  // Without a font the text of a page takes no time to draw.
  const ended = await aptGet(tools, [
    'install',
    '-y',
    '--no-install-recommends',
    'chromium',
    'fonts-liberation',
  ]);
  if (ended.status !== 0) throw aptFailed(ended);
  const found = await tools.find({ env });
  if (await starts(found.path, tools)) return found;
  throw await doesNotStart(found.path, tools);
}

async function canUseApt(tools: InstallTools): Promise<boolean> {
  return (
    tools.platform === 'linux' && tools.isRoot && (await tools.run('apt-get', ['--version'])).status === 0
  );
}

function aptGet(tools: InstallTools, args: readonly string[]): Promise<Ended> {
  const patience = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::https::Timeout=20'];
  // Another apt-get, such as a machine's nightly update, may be at work.
  return tools.run('apt-get', [...patience, '-o', 'DPkg::Lock::Timeout=60', ...args]);
}

async function starts(path: string, tools: InstallTools): Promise<boolean> {
  return (await tools.run(path, ['--version'])).status === 0;
}

function notInstalled({ reason, cause }: NoDownload, { platform }: InstallTools): InpactError {
  const byHand = 'or install Chrome or Chromium yourself; CHROME_PATH names one in an unusual place';
  const asRoot = platform === 'linux' ? ' (as root on Debian: `apt-get install chromium`)' : '';
  return new InpactError('no-browser', reason, {
    hint: `Check the network and the proxy (HTTPS_PROXY) and try again, ${byHand}${asRoot}.`,
    cause,
  });
}

function aptFailed({ output }: Ended): InpactError {
  return new InpactError(
    'no-browser',
    `apt-get could not install Chromium: ${output.trim().split('\n').at(-1)}`,
    {
      hint: "Install Chrome or Chromium in your system's way, or set CHROME_PATH to the one you have.",
    },
  );
}

async function doesNotStart(path: string, tools: InstallTools, cause?: unknown): Promise<InpactError> {
  const { output } = await tools.run('ldd', [path]);
  const missing = [...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, library]) => library);
  const list = join(dirname(path), 'deb.deps');
  if (missing.length === 0) {
    return new InpactError('no-browser', `${path} was installed, but does not start`, {
      hint: `Run \`'${path}' --version\` to see why, or set CHROME_PATH to another browser.`,
      cause,
    });
  }
  return new InpactError('no-browser', `${path} was installed, but misses ${missing.join(', ')}`, {
    hint: `Install these libraries; on Debian and Ubuntu: sudo apt-get satisfy -y "$(paste -sd, '${list}')"`,
    cause,
  });
}
