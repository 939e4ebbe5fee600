import { createServer } from 'node:http';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../../cli/run.ts';
import { fakeIo } from '../support/fake-io.ts';
import { inpact } from '../support/spawned.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SCENARIO = `export default { name: 'shop', steps: [{ name: 'a', expects: 'nothing', async run() {} }] };`;

async function scenarioWith(source: string): Promise<string> {
  const path = join(await temporaryFolder(), 'scenario.mjs');
  await writeFile(path, source);
  return path;
}

describe('record refuses', () => {
  test.each(['127.0.0.1', 'file:///etc/passwd', 'javascript:alert(1)', 'http://', ''])(
    '%j, which is no web address',
    async (address) => {
      const io = fakeIo();
      expect(await run(['record', address, '--scenario', await scenarioWith(SCENARIO)], io)).toBe(2);
      expect(io.err()).toContain('is not a web address');
      expect(io.err()).toContain('http://');
    },
  );

  test('an address without its scheme, and says with which it would be one', async () => {
    const io = fakeIo();
    expect(await run(['record', 'localhost:8000/shop', '--click', '#a'], io)).toBe(2);
    expect(io.err()).toContain('Did you mean http://localhost:8000/shop?');
  });

  test.each([
    ['a syntax error', 'export default {', /can't be used/],
    ['no default export', 'export const a = 1;', /default/],
    ['no run', SCENARIO.replace('async run() {}', ''), /default\.steps\.0\.run/],
    [
      'two steps of one name',
      `const step = { name: 'a', expects: 'nothing', run() {} }; export default { name: 'b', steps: [step, step] };`,
      /Two steps have the same name/,
    ],
  ])('a scenario with %s, and says so', async (_, source, why) => {
    const io = fakeIo();
    expect(await run(['record', 'http://127.0.0.1:9', '--scenario', await scenarioWith(source)], io)).toBe(2);
    expect(io.err()).toMatch(why);
  });

  test.each([
    [['http://127.0.0.1'], /not said what to do/],
    [['http://127.0.0.1', '--click', '#a', '--scenario', 'a.mjs'], /a scenario, and actions beside it/],
    [['--click', '#a'], /not said which page/],
    [['http://127.0.0.1', '--type', '#q'], /does not say what to type/],
    [['http://127.0.0.1', '--click', '#a', '--network', 'Slow 9G'], /no network preset/],
    [['http://127.0.0.1', '--click', '#a', '--cpu-throttle', 'much'], /no CPU throttling/],
    [['http://127.0.0.1', '--click', '#a', '--shard', '5/4'], /no shard 5\/4/],
    [['http://127.0.0.1', '--click', '#a', '--basic-auth', 'nobody'], /basicAuth must be/],
  ])('%j, and says why', async (args, why) => {
    const io = fakeIo();
    expect(await run(['record', ...args], io)).toBe(2);
    expect(io.err()).toMatch(why);
    expect(io.out()).toBe('');
  });

  test('a folder that holds a recording, whose traces would lie among the new ones', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'Trace-20260101T000000-page-1.json.gz'), '');
    const io = fakeIo();
    expect(await run(['record', 'http://127.0.0.1:9', '--click', '#a', '-o', folder], io)).toBe(2);
    expect(io.err()).toContain('holds a recording already');
    expect(io.err()).toContain('--resume');
  });

  test('a variable of the environment that is no setting', async () => {
    const io = fakeIo({ env: { INPACT_RUN: '3' } });
    expect(await run(['record', 'http://127.0.0.1:9', '--click', '#a'], io)).toBe(2);
    expect(io.err()).toContain('Did you mean “runs”?');
  });

  test('a scenario that is not there', async () => {
    const io = fakeIo();
    expect(await run(['record', 'http://127.0.0.1:9', '--scenario', '/nowhere.mjs'], io)).toBe(2);
    expect(io.err()).toContain('/nowhere.mjs');
  });

  test('a Chrome that is not there, names it, and leaves no empty folder', async () => {
    const folder = join(await temporaryFolder(), 'results');
    const io = fakeIo();
    const args = [
      '--scenario',
      await scenarioWith(SCENARIO),
      '--chrome-path',
      '/nowhere/chrome',
      '-o',
      folder,
    ];
    expect(await run(['record', 'http://127.0.0.1:9', ...args], io)).toBe(4);
    expect(io.err()).toContain('/nowhere/chrome');
    expect(existsSync(folder)).toBe(false);
  });

  test('a program that is no Chrome', { timeout: 30_000 }, async () => {
    const io = fakeIo();
    const args = [
      '--scenario',
      await scenarioWith(SCENARIO),
      '--chrome-path',
      '/bin/false',
      '-o',
      await temporaryFolder(),
      // Whatever else is recorded on this machine meanwhile.
      '--no-capture-lock',
    ];
    expect(await run(['record', 'http://127.0.0.1:9', ...args], io)).toBe(4);
    expect(io.err()).toContain('Chrome did not start: /bin/false');
  });

  test('a place for its results that is a file', async () => {
    const path = await scenarioWith(SCENARIO);
    const io = fakeIo();
    const args = ['--scenario', path, '--chrome-path', '/bin/false', '-o', path, '--no-capture-lock'];
    expect(await run(['record', 'http://127.0.0.1:9', ...args], io)).toBe(73);
    expect(io.err()).toContain(`The folder ${path} can't be made: EEXIST: file already exists\n`);
  });
});

describe('demo refuses', () => {
  test('a port that is taken, and names it', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
    });
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const io = fakeIo();
    expect(await run(['demo', '--port', port], io)).toBe(4);
    expect(io.err()).toContain(`Port ${port}`);
    expect(io.out()).toBe('');
  });

  test('a Chrome that is not there, and stops its server', { timeout: 60_000 }, async () => {
    const { code, stderr } = await inpact(['demo', '--chrome-path', '/nowhere/chrome']);
    expect(code).toBe(4);
    expect(stderr).toContain('/nowhere/chrome');
  });
});

test('the built program refuses to record without a scenario that it can use', async () => {
  const folder = await temporaryFolder();
  const scenario = join(folder, 'a #1 50%?.mjs');
  await writeFile(scenario, 'export const steps = [];');
  const { code, stdout, stderr } = await inpact(['record', 'http://127.0.0.1:9', '--scenario', scenario]);
  expect([code, stdout]).toEqual([2, '']);
  // It was found and loaded, whatever its name means in an address.
  expect(stderr).toContain('it has no default export');
});

describe('a browser that is none', () => {
  test.each([
    // A program that can be run, and knows none of Chrome's flags.
    [['--chrome-path', process.execPath], /Chrome did not start: .*\n.*--chrome-path/],
    [['--browser-url', 'http://127.0.0.1:9'], /no browser at the address/],
    [['--ws-endpoint', 'ws://127.0.0.1:9/devtools/browser/a'], /no browser at the address/],
  ])('%j ends the recording by its name', async (where, why) => {
    const folder = join(await temporaryFolder(), 'results');
    const io = fakeIo();
    const args = [
      'record',
      'http://127.0.0.1:9',
      '--click',
      '#a',
      ...where,
      '-o',
      folder,
      '--no-capture-lock',
    ];
    expect(await run(args, io)).toBe(4);
    expect(io.err()).toMatch(why);
    expect(await readdir(folder)).toEqual([]);
  });
});
