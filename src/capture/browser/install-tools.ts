import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { globalAgent as httpAgent } from 'node:http';
import { globalAgent as httpsAgent } from 'node:https';
import { Browser, Cache, detectBrowserPlatform, install, uninstall } from '@puppeteer/browsers';
import { PUPPETEER_REVISIONS } from 'puppeteer-core/internal/revisions.js';
import { findChrome } from './find-chrome.ts';

/** The Chrome for Testing that this version of Puppeteer is made for. */
export const PINNED_BUILD: string = PUPPETEER_REVISIONS.chrome;

/** What an installation does to the machine. */
export interface InstallTools {
  readonly platform: NodeJS.Platform;
  /** Only root may install the system's packages. */
  readonly isRoot: boolean;
  /** Downloads and unpacks the pinned build. Resolves to its executable file. */
  readonly download: (request: Download) => Promise<string>;
  /** Has apt-get install what the downloaded build lists as its libraries. */
  readonly installLibraries: (cacheDir: string) => Promise<void>;
  readonly run: (command: string, args: readonly string[]) => Promise<Ended>;
  readonly find: typeof findChrome;
}

export interface Download {
  readonly cacheDir: string;
  /** A mirror to take in place of Google's server. */
  readonly baseUrl: string | undefined;
  /** How long the server may send nothing. */
  readonly patienceMs: number;
  readonly onProgress: (receivedBytes: number, totalBytes: number) => void;
}

/** How a program ended. */
export interface Ended {
  /** Absent when the program could not be started, or was killed. */
  readonly status: number | undefined;
  /** What it wrote on stdout and stderr. */
  readonly output: string;
}

export const installTools: InstallTools = {
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  download,
  installLibraries,
  run,
  find: findChrome,
};

async function download({ cacheDir, baseUrl, patienceMs, onProgress }: Download): Promise<string> {
  await removeHalfInstalled(cacheDir);
  let gaveUp = false;
  const watchdog = setTimeout(() => {
    gaveUp = true;
    hangUp();
  }, patienceMs);
  try {
    const { executablePath } = await install({
      browser: Browser.CHROME,
      buildId: PINNED_BUILD,
      cacheDir,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      downloadProgressCallback: (received, total) => {
        onProgress(received, total);
        // Unpacking, which comes next, may be slow and makes no progress that we hear of.
        if (received === total) clearTimeout(watchdog);
        else watchdog.refresh();
      },
    });
    return executablePath;
  } catch (error) {
    if (gaveUp) throw new Error(`the server sent nothing for ${patienceMs / 1000} s`, { cause: error });
    throw error;
  } finally {
    clearTimeout(watchdog);
  }
}

// Puppeteer's download takes no AbortSignal, and a connection that gets no answer would keep the process for minutes.
// It goes through Node's global agents, and nothing else in this process does while a browser is being installed.
function hangUp(): void {
  httpsAgent.destroy();
  httpAgent.destroy();
}

// An installation that was interrupted leaves a folder that Puppeteer refuses to touch.
async function removeHalfInstalled(cacheDir: string): Promise<void> {
  const platform = detectBrowserPlatform();
  if (platform === undefined) return;
  const build = { browser: Browser.CHROME, buildId: PINNED_BUILD, platform };
  if (!existsSync(new Cache(cacheDir).computeExecutablePath(build))) await uninstall({ ...build, cacheDir });
}

async function installLibraries(cacheDir: string): Promise<void> {
  await install({ browser: Browser.CHROME, buildId: PINNED_BUILD, cacheDir, installDeps: true });
}

function run(command: string, args: readonly string[]): Promise<Ended> {
  // apt-get must not stop to ask.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return new Promise((resolve) => {
    execFile(command, args, { env, timeout: 600_000, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code;
      resolve({ status: typeof status === 'number' ? status : undefined, output: `${stdout}${stderr}` });
    });
  });
}
