import { expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import { fakeIo } from '../support/fake-io.ts';
import { inpact } from '../support/spawned.ts';

test('browser says which Chrome is used, and by which rule', async () => {
  const io = fakeIo({ env: { CHROME_PATH: process.execPath } });
  expect(await run(['browser'], io)).toBe(0);
  expect(io.out()).toBe(`${process.execPath} (CHROME_PATH)\n`);
});

test('a browser that is named but not there is refused, also where one could be installed', async () => {
  for (const install of [[], ['--install']]) {
    const io = fakeIo();
    expect(await run(['browser', '--chrome-path', '/nowhere/chrome', ...install], io)).toBe(4);
    expect(io.err()).toContain('/nowhere/chrome');
    expect(io.out()).toBe('');
  }
});

test('the built program says which Chrome is used', async () => {
  const env = { ...process.env, CHROME_PATH: process.execPath };
  expect(await inpact(['browser'], env)).toMatchObject({
    code: 0,
    stdout: `${process.execPath} (CHROME_PATH)\n`,
  });
});
