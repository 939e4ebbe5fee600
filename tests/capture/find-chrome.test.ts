import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Browser, computeExecutablePath } from '@puppeteer/browsers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChromePlaces, findChrome, puppeteerCache } from '../../src/capture/browser/find-chrome.ts';

/** A machine where just these files can be run. */
function machine({ cached = [], system = [], others = [] }: Record<string, readonly string[]>): ChromePlaces {
  const executables = new Set([...cached, ...system, ...others]);
  return {
    isExecutable: (path) => Promise.resolve(executables.has(path)),
    inCache: () => Promise.resolve(cached),
    onSystem: () => system,
  };
}

const everywhere = machine({
  cached: ['/cache/chrome'],
  system: ['/usr/chrome'],
  others: ['/a', '/b', '/c'],
});

describe('the order of the rules', () => {
  test('--chrome-path wins over everything', async () => {
    const env = { CHROME_PATH: '/b', PUPPETEER_EXECUTABLE_PATH: '/c' };
    const found = await findChrome({ chromePath: '/a', env, places: everywhere });
    expect(found).toEqual({ path: '/a', source: '--chrome-path' });
  });

  test('CHROME_PATH wins over PUPPETEER_EXECUTABLE_PATH', async () => {
    const env = { CHROME_PATH: '/b', PUPPETEER_EXECUTABLE_PATH: '/c' };
    expect(await findChrome({ env, places: everywhere })).toEqual({ path: '/b', source: 'CHROME_PATH' });
  });

  test('PUPPETEER_EXECUTABLE_PATH wins over what is installed', async () => {
    const found = await findChrome({ env: { PUPPETEER_EXECUTABLE_PATH: '/c' }, places: everywhere });
    expect(found).toEqual({ path: '/c', source: 'PUPPETEER_EXECUTABLE_PATH' });
  });

  test("Puppeteer's cache wins over the system", async () => {
    const found = await findChrome({ env: {}, places: everywhere });
    expect(found).toEqual({ path: '/cache/chrome', source: 'puppeteer-cache' });
  });

  test('the system comes last', async () => {
    const places = machine({ system: ['/usr/chrome'] });
    expect(await findChrome({ env: {}, places })).toEqual({ path: '/usr/chrome', source: 'system' });
  });
});

describe('what the user names', () => {
  test.each(['CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'])(
    '%s that cannot be run is an error, though another browser is there',
    async (name) => {
      const finding = findChrome({ env: { [name]: '/missing' }, places: everywhere });
      await expect(finding).rejects.toMatchObject({
        code: 'no-browser',
        message: expect.stringContaining(`${name} names /missing`),
      });
    },
  );

  test('--chrome-path that cannot be run is an error, though CHROME_PATH is good', async () => {
    const finding = findChrome({ chromePath: '/missing', env: { CHROME_PATH: '/b' }, places: everywhere });
    await expect(finding).rejects.toMatchObject({
      code: 'no-browser',
      message: expect.stringContaining('--chrome-path names /missing'),
    });
  });

  test('an empty variable counts as absent', async () => {
    const found = await findChrome({ env: { CHROME_PATH: '' }, places: everywhere });
    expect(found.source).toBe('puppeteer-cache');
  });
});

describe('what is installed', () => {
  test('a build without its executable file is passed over', async () => {
    const places = { ...everywhere, inCache: () => Promise.resolve(['/half/unpacked', '/cache/chrome']) };
    expect((await findChrome({ env: {}, places })).path).toBe('/cache/chrome');
  });

  test('a cache that cannot be read does not hide the browser of the system', async () => {
    const places = { ...everywhere, inCache: () => Promise.reject(new Error('permission denied')) };
    expect((await findChrome({ env: {}, places })).path).toBe('/usr/chrome');
  });

  test('nothing at all is an error that says how to get a browser', async () => {
    await expect(findChrome({ env: {}, places: machine({}) })).rejects.toMatchObject({
      code: 'no-browser',
      hint: expect.stringMatching(/inpact browser --install.*CHROME_PATH/),
    });
  });

  test('PUPPETEER_CACHE_DIR moves the cache out of the home folder', () => {
    expect(puppeteerCache({ PUPPETEER_CACHE_DIR: '/elsewhere' })).toBe('/elsewhere');
    expect(puppeteerCache({})).toBe(join(homedir(), '.cache', 'puppeteer'));
  });
});

async function executable(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '#!/bin/sh\n');
  await chmod(path, 0o755);
  return path;
}

describe('on real files', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inpact-find-chrome-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const cached = (browser: Browser, buildId: string): Promise<string> =>
    executable(computeExecutablePath({ browser, buildId, cacheDir: folder }));

  test('the newest build in the cache is taken, by number and not by name', async () => {
    await cached(Browser.CHROME, '99.0.1.1');
    const newest = await cached(Browser.CHROME, '156.0.8078.47');
    await cached(Browser.CHROME, '156.0.8078.9');
    const found = await findChrome({ env: { PUPPETEER_CACHE_DIR: folder } });
    expect(found).toEqual({ path: newest, source: 'puppeteer-cache' });
  });

  test('the headless shell is not taken for Chrome', async () => {
    const shell = await cached(Browser.CHROMEHEADLESSSHELL, '156.0.8078.47');
    const chrome = await cached(Browser.CHROME, '150.0.1.1');
    const found = await findChrome({ env: { PUPPETEER_CACHE_DIR: folder } });
    expect(found.path).toBe(chrome);
    expect(found.path).not.toBe(shell);
  });

  test('a folder is not a program', async () => {
    const finding = findChrome({ env: { CHROME_PATH: folder } });
    await expect(finding).rejects.toMatchObject({ code: 'no-browser' });
  });

  test.skipIf(process.platform === 'win32')('a file without the right to run is not a program', async () => {
    const path = join(folder, 'chrome');
    await writeFile(path, '', { mode: 0o644 });
    await expect(findChrome({ env: { CHROME_PATH: path } })).rejects.toMatchObject({ code: 'no-browser' });
  });

  test.skipIf(process.platform !== 'linux')('a browser on PATH is found', async () => {
    const chrome = await executable(join(folder, 'bin', 'google-chrome'));
    const found = await findChrome({ env: { PUPPETEER_CACHE_DIR: folder, PATH: dirname(chrome) } });
    expect(found).toEqual({ path: chrome, source: 'system' });
  });
});
