import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deadlinesOf, environmentOf } from '../../src/capture/settings/build-environment.ts';
import { cpuWish } from '../../src/capture/environment/calibrate-cpu.ts';
import { DEADLINES } from '../../src/capture/deadlines.ts';
import { loadConfig } from '../../src/capture/settings/load-config.ts';
import { networkNamed } from '../../src/capture/environment/networks.ts';
import { readSettings } from '../../src/capture/settings/read-settings.ts';
import { readStoredState } from '../../src/capture/environment/stored-state.ts';
import { plainEnvironment } from '../support/page-environment.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const badUsage = (text: string): Error =>
  expect.objectContaining({ code: 'bad-usage', hint: expect.stringContaining(text) });

test.each(['Slow 4G', 'slow-4g', 'slow4g', 'SLOW 4G'])('a network preset is known as %s', (name) => {
  expect(networkNamed(name)).toEqual({
    preset: 'Slow 4G',
    latencyMs: 562.5,
    downloadKbps: 1440,
    uploadKbps: 675,
  });
});

test('a network or a device that does not exist is refused with what is most like it', async () => {
  expect(() => networkNamed('slow 5g')).toThrow(badUsage('Slow 4G'));
  await expect(plainEnvironment({ device: 'Pixel 55' })).rejects.toEqual(badUsage('Pixel 5'));
});

test('a device brings its window, which a viewport overrides', async () => {
  const device = await plainEnvironment({ device: 'iphone 12' });
  expect(device.settings.device).toBe('iPhone 12');
  expect(device.viewport).toMatchObject({ width: 390, isMobile: true });
  const wider = await plainEnvironment({ device: 'iPhone 12', viewport: '500x600' });
  expect(wider.viewport).toMatchObject({ width: 500, height: 600, isMobile: true });
});

test('the window of the scenario holds where the settings name none', async () => {
  const settings = readSettings([]);
  expect((await environmentOf(settings, '600x400')).viewport).toMatchObject({
    width: 600,
  });
});

test('what is secret is with the page, and not in what is written', async () => {
  const environment = await plainEnvironment({
    basicAuth: 'me:pass:word',
    extraHeaders: { 'X-Key': 's3cret' },
  });
  expect(environment.basicAuth).toEqual({ username: 'me', password: 'pass:word' });
  expect(environment.settings).toMatchObject({ basicAuth: true, extraHeaders: ['X-Key'] });
  expect(JSON.stringify(environment.settings)).not.toMatch(/pass|s3cret/);
});

test.each([
  [undefined, { rate: 1 }],
  ['4', { rate: 4 }],
  [2.5, { rate: 2.5 }],
  ['auto', { deviceClass: 'mid-tier-mobile' }],
  ['low-tier-mobile', { deviceClass: 'low-tier-mobile' }],
])('a throttling of %s is understood', (setting, wish) => {
  expect(cpuWish(setting)).toEqual(wish);
});

test.each(['0.5', '-1', 'fast', ''])('a throttling of %j is refused', (setting) => {
  expect(() => cpuWish(setting)).toThrow(badUsage('auto'));
});

test('deadlines are those that are set, and the usual ones beside', () => {
  const settings = readSettings([{ name: 'test', values: { stepTimeoutMs: 500, hangTimeoutMs: 300 } }]);
  expect(deadlinesOf(settings)).toEqual({ ...DEADLINES, stepMs: 500, answerMs: 300, probeAfterMs: 300 });
});

async function fileWith(content: string): Promise<string> {
  const path = join(await temporaryFolder(), 'state.json');
  await writeFile(path, content);
  return path;
}

describe('cookies and storage', () => {
  test('are read as Playwright and as Puppeteer write them', async () => {
    const cookie = { name: 'a', value: 'b', domain: 'shop.test', path: '/' };
    const origins = [{ origin: 'https://shop.test', localStorage: [{ name: 'k', value: 'v' }] }];
    const playwright = await fileWith(JSON.stringify({ cookies: [cookie], origins }));
    expect(await readStoredState(playwright)).toEqual({ cookies: [cookie], origins });
    expect(await readStoredState(await fileWith(JSON.stringify([cookie])))).toEqual({
      cookies: [cookie],
      origins: [],
    });
  });

  test('are refused without a word of what they hold', async () => {
    const path = await fileWith('{"cookies": [{"name": "session", "value": 12345}]}');
    const refused = readStoredState(path);
    await expect(refused).rejects.toMatchObject({ code: 'bad-usage' });
    await expect(refused).rejects.toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('12345') }),
    );
    await expect(readStoredState(await fileWith('secret{'))).rejects.toThrow(/it is not JSON$/);
    await expect(readStoredState('/nowhere.json')).rejects.toThrow(/it cannot be read$/);
  });
});

async function folderWith(name: string, content: string): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, name), content);
  return folder;
}

describe('a configuration file', () => {
  test.each([
    ['inpact.config.ts', 'const runs: number = 4;\nexport default { runs };'],
    ['inpact.config.mjs', 'export default { runs: 4 };'],
    ['inpact.config.json', '{ "runs": 4 }'],
  ])('may be %s', async (name, content) => {
    const { name: found, values } = await loadConfig(undefined, await folderWith(name, content));
    expect(found).toContain(name);
    expect(values).toEqual({ runs: 4 });
  });

  test('need not be there, but one that is named must', async () => {
    expect((await loadConfig(undefined, await temporaryFolder())).values).toEqual({});
    await expect(loadConfig('/nowhere/inpact.config.json')).rejects.toMatchObject({ code: 'bad-usage' });
  });

  test.each([
    ['inpact.config.json', '{ runs: 4 }'],
    ['inpact.config.json', '[4]'],
    ['inpact.config.mjs', 'export default {'],
    ['inpact.config.mjs', 'export const runs = 4;'],
  ])('that is %s with %j is refused', async (name, content) => {
    await expect(loadConfig(undefined, await folderWith(name, content))).rejects.toMatchObject({
      code: 'bad-usage',
    });
  });
});
