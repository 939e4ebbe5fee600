import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser, computeExecutablePath } from '@puppeteer/browsers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Environment, findChrome } from '../../src/capture/browser/find-chrome.ts';
import { installChrome } from '../../src/capture/browser/install-chrome.ts';
import {
  type Ended,
  installTools,
  type InstallTools,
  PINNED_BUILD,
} from '../../src/capture/browser/install-tools.ts';

const CHROME = '/cache/chrome';
const fine: Ended = { status: 0, output: '' };
const failed = (output = ''): Ended => ({ status: 1, output });

const offline = (): Promise<string> =>
  Promise.reject(new Error('All providers failed for chrome:\n  - DefaultProvider: getaddrinfo ENOTFOUND'));

/** A Linux machine where all goes well. `ran` lists the commands, without the options that tell apt-get to be patient. */
function machine(changes: Partial<InstallTools> = {}): { tools: InstallTools; ran: string[] } {
  const ran: string[] = [];
  const tools: InstallTools = {
    platform: 'linux',
    isRoot: false,
    download: () => Promise.resolve(CHROME),
    installLibraries: () => Promise.resolve(),
    run: () => Promise.resolve(fine),
    find: () => Promise.resolve({ path: '/usr/bin/chromium', source: 'system' }),
    ...changes,
  };
  const run: InstallTools['run'] = (command, args) => {
    ran.push([command, ...args].join(' ').replaceAll(/ -o \S+/g, ''));
    return tools.run(command, args);
  };
  return { tools: { ...tools, run }, ran };
}

async function installOn(
  tools: InstallTools,
  env: Environment = {},
): Promise<readonly [string, readonly string[]]> {
  const lines: string[] = [];
  const { path } = await installChrome({ env, tools, report: (line) => lines.push(line) });
  return [path, lines];
}

describe('a download', () => {
  test('says which build goes where, and that it has started', async () => {
    const { tools, ran } = machine();
    const [path, lines] = await installOn(tools, { PUPPETEER_CACHE_DIR: '/cache' });
    expect(path).toBe(CHROME);
    expect(lines).toEqual([`Downloading Chrome ${PINNED_BUILD} into /cache`]);
    expect(ran).toEqual(['/cache/chrome --version']);
  });

  test('tells its progress in quarters, not at every byte', async () => {
    const { tools } = machine({
      download: ({ onProgress }) => {
        for (let megabytes = 1; megabytes <= 160; megabytes += 1) onProgress(megabytes * 1e6, 160e6);
        return Promise.resolve(CHROME);
      },
    });
    const [, lines] = await installOn(tools);
    expect(lines.slice(1)).toEqual(['25', '50', '75', '100'].map((percent) => `  ${percent} % of 160 MB`));
  });

  test('that fails without root is an error that says why and what to do', async () => {
    const { tools, ran } = machine({ download: offline });
    await expect(installOn(tools)).rejects.toMatchObject({
      code: 'no-browser',
      message: 'Chrome could not be downloaded: getaddrinfo ENOTFOUND',
      hint: expect.stringMatching(/HTTPS_PROXY.*CHROME_PATH.*apt-get install chromium/),
    });
    expect(ran).toEqual([]);
  });

  test('is not made, nor is anything else, when a variable names a browser that is not there', async () => {
    const { tools, ran } = machine({ find: findChrome, isRoot: true });
    await expect(installOn(tools, { CHROME_PATH: '/missing' })).rejects.toMatchObject({
      message: expect.stringContaining('CHROME_PATH names /missing'),
    });
    expect(ran).toEqual([]);
  });

  test.each(['1', 'true', 'yes'])('is left out when PUPPETEER_SKIP_DOWNLOAD is %s', async (value) => {
    const { tools } = machine({ download: () => Promise.reject(new Error('was tried')) });
    await expect(installOn(tools, { PUPPETEER_SKIP_DOWNLOAD: value })).rejects.toMatchObject({
      message: expect.stringContaining('PUPPETEER_SKIP_DOWNLOAD is set'),
    });
  });

  test.each(['', '0', 'false'])('is not left out when PUPPETEER_SKIP_DOWNLOAD is "%s"', async (value) => {
    const [path] = await installOn(machine().tools, { PUPPETEER_SKIP_DOWNLOAD: value });
    expect(path).toBe(CHROME);
  });
});

describe('apt-get', () => {
  const rootOffline = { isRoot: true, download: offline };

  test('installs Chromium and a font for root when the download fails', async () => {
    const { tools, ran } = machine(rootOffline);
    const [path, lines] = await installOn(tools);
    expect(path).toBe('/usr/bin/chromium');
    expect(ran).toEqual([
      'apt-get --version',
      'apt-get update',
      'apt-get install -y --no-install-recommends chromium fonts-liberation',
      '/usr/bin/chromium --version',
    ]);
    expect(lines.at(-1)).toBe('Installing Chromium with apt-get');
  });

  test('goes on after an update that failed, as one broken repository does', async () => {
    const { tools } = machine({
      ...rootOffline,
      run: (_command, args) => Promise.resolve(args.includes('update') ? failed() : fine),
    });
    expect((await installOn(tools))[0]).toBe('/usr/bin/chromium');
  });

  test('that has no such package ends with its last word', async () => {
    const sorry = failed('Reading lists\nE: no installation candidate\n');
    const { tools } = machine({
      ...rootOffline,
      run: (_command, args) => Promise.resolve(args.includes('install') ? sorry : fine),
    });
    await expect(installOn(tools)).rejects.toMatchObject({
      code: 'no-browser',
      message: expect.stringContaining('E: no installation candidate'),
    });
  });

  test('is not asked for on a system that has none', async () => {
    const { tools } = machine({
      ...rootOffline,
      run: () => Promise.resolve({ status: undefined, output: '' }),
    });
    await expect(installOn(tools)).rejects.toMatchObject({
      message: expect.stringContaining('could not be downloaded'),
    });
  });
});

describe('a Chrome that misses libraries', () => {
  const ldd = '\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibnss3.so => not found\n\tlibgbm.so.1 => not found\n';
  const broken: InstallTools['run'] = (command) => {
    if (command === 'ldd') return Promise.resolve({ status: 0, output: ldd });
    return Promise.resolve(command === CHROME ? failed() : fine);
  };

  test('is an error that names them, and the command that brings them', async () => {
    await expect(installOn(machine({ run: broken }).tools)).rejects.toMatchObject({
      code: 'no-browser',
      message: expect.stringContaining('misses libnss3.so, libgbm.so.1'),
      hint: expect.stringContaining("'/cache/deb.deps'"),
    });
  });

  test('gets them from apt-get when root installs it', async () => {
    let complete = false;
    const { tools } = machine({
      isRoot: true,
      run: (command, args) => (complete ? Promise.resolve(fine) : broken(command, args)),
      installLibraries: () => {
        complete = true;
        return Promise.resolve();
      },
    });
    expect((await installOn(tools))[0]).toBe(CHROME);
  });

  test('is not looked for on macOS, where a browser brings its own', async () => {
    const { tools, ran } = machine({ platform: 'darwin', run: broken });
    expect((await installOn(tools))[0]).toBe(CHROME);
    expect(ran).toEqual([]);
  });
});

describe('a server that is no good', () => {
  let cacheDir = '';
  let server: Server | undefined;

  beforeEach(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), 'inpact-install-chrome-'));
  });

  afterEach(async () => {
    server?.closeAllConnections();
    server?.close();
    await rm(cacheDir, { recursive: true });
  });

  const SHORT = 200;
  /** Longer than a busy machine takes to ask and be answered. */
  const LONG = 20_000;

  async function downloadFrom(listener: RequestListener, patienceMs: number): Promise<string> {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return installTools.download({
      cacheDir,
      baseUrl: `http://127.0.0.1:${port}`,
      patienceMs,
      onProgress: () => {},
    });
  }

  test('is given up when it never answers', async () => {
    await expect(downloadFrom(() => {}, SHORT)).rejects.toThrow('the server sent nothing for 0.2 s');
  });

  test('is given up when it stops in the middle, and leaves nothing behind', async () => {
    const download = downloadFrom((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('x'.repeat(500));
    }, SHORT);
    await expect(download).rejects.toThrow('the server sent nothing for 0.2 s');
    expect(await readdir(join(cacheDir, 'chrome'))).toEqual([]);
  });

  test('is believed when it says that there is no such build', async () => {
    const download = downloadFrom((_request, response) => response.writeHead(404).end(), LONG);
    await expect(download).rejects.toThrow('server returned code 404');
  });

  test('is asked again after an installation that was interrupted', async () => {
    const path = computeExecutablePath({ browser: Browser.CHROME, buildId: PINNED_BUILD, cacheDir });
    await mkdir(join(path, '..'), { recursive: true });
    await expect(downloadFrom((_request, response) => response.writeHead(404).end(), LONG)).rejects.toThrow(
      '404',
    );
  });
});
