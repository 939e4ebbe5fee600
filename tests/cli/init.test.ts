import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../../cli/run.ts';
import { loadConfig } from '../../src/capture/settings/load-config.ts';
import { readSettings } from '../../src/capture/settings/read-settings.ts';
import { fakeIo } from '../support/fake-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function inEmptyFolder(): Promise<string> {
  const before = process.cwd();
  const folder = await temporaryFolder();
  process.chdir(folder);
  onTestFinished(() => {
    process.chdir(before);
  });
  return folder;
}

test('what init writes is a configuration that is understood, with a scenario and a workflow', async () => {
  const folder = await inEmptyFolder();
  const io = fakeIo();
  expect(await run(['init'], io)).toBe(0);
  expect(io.out().trim().split('\n')).toEqual([
    'inpact.config.mjs',
    'inpact.scenario.mjs',
    '.github/workflows/inpact.yml',
  ]);
  const config = await loadConfig(undefined, folder);
  expect(readSettings([config])).toMatchObject({ runs: 10, scenario: 'inpact.scenario.mjs' });
  expect(await readFile(join(folder, 'inpact.scenario.mjs'), 'utf8')).toContain('defineScenario(');
  expect(await readFile(join(folder, '.github/workflows/inpact.yml'), 'utf8')).toContain('npx inpact record');
});

test('init overwrites nothing', async () => {
  const folder = await inEmptyFolder();
  const config = join(folder, 'inpact.config.mjs');
  await writeFile(config, 'export default { runs: 7 };');
  const io = fakeIo();
  expect(await run(['init'], io)).toBe(2);
  expect(io.err()).toContain('There is already inpact.config.mjs');
  expect(await readFile(config, 'utf8')).toBe('export default { runs: 7 };');
});
