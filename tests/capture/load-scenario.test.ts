import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/capture/scenario/load-scenario.ts';
import { defineScenario } from '../../src/capture/scenario/define-scenario.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LOAD_SCENARIO = new URL('../../src/capture/scenario/load-scenario.ts', import.meta.url).href;

const IMPORT_MODULE = new URL('../../src/capture/import-module.ts', import.meta.url).href;

/** In a process of its own: the test runner puts errors of its own transformation in the place of Node's. */
const inNode = (code: string, path: string): Promise<unknown> =>
  promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code, path]);

const loadInNode = (path: string): Promise<unknown> =>
  inNode(
    `import { loadScenario } from ${JSON.stringify(LOAD_SCENARIO)}; await loadScenario(process.argv[1]);`,
    path,
  );

/** Writes a module and gives its path. */
async function moduleWith(source: string, name = 'scenario.mjs'): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, source);
  return path;
}

const exporting = (value: string): string => `export default ${value};`;
const step = (rest: string): string => `{ name: 'shop', steps: [{ ${rest} }] }`;
const GOOD = step(`name: 'buy', expects: 'interaction', run: async ({ user }) => user.click('#buy')`);

test.each([
  ['JavaScript', 'scenario.mjs', exporting(GOOD)],
  [
    'TypeScript',
    'scenario.ts',
    `const scenario: { name: string; steps: unknown[] } = ${GOOD};\nexport default scenario;`,
  ],
])('a scenario in %s is loaded with its functions', async (_, name, source) => {
  const scenario = await loadScenario(await moduleWith(source, name));
  expect(scenario).toMatchObject({ name: 'shop', steps: [{ name: 'buy', expects: 'interaction' }] });
  const clicked: string[] = [];
  const user = { click: async (selector: string) => clicked.push(selector) };
  await Reflect.apply(scenario.steps[0]?.run ?? (() => undefined), undefined, [{ user }]);
  expect(clicked).toEqual(['#buy']);
});

const importing = (specifier: string): string =>
  `import { click, defineScenario } from '${specifier}';
   export default defineScenario({ name: 'shop', steps: [click('#buy', { name: 'buy' })] });`;

describe('where inpact is not installed beside a scenario', () => {
  test('it finds the one that loads it', async () => {
    await expect(loadInNode(await moduleWith(importing('inpact/scenario')))).resolves.toBeDefined();
  });

  test.each(['inpact-of-others/scenario', 'inpact/nothing-of-the-kind'])(
    'no other package is found for it: %s',
    async (specifier) => {
      const path = await moduleWith(importing(specifier));
      await expect(loadInNode(path)).rejects.toThrow(/Cannot find package|is not defined by "exports"/);
    },
  );
});

test('one that is installed beside a scenario goes first', async () => {
  const path = await moduleWith(`import { name } from 'inpact/scenario'; throw new Error(name);`);
  const installed = join(dirname(path), 'node_modules', 'inpact');
  await mkdir(installed, { recursive: true });
  await writeFile(
    join(installed, 'package.json'),
    JSON.stringify({ name: 'inpact', type: 'module', exports: { './scenario': './own.js' } }),
  );
  await writeFile(join(installed, 'own.js'), `export const name = 'the one beside it';`);
  await expect(loadInNode(path)).rejects.toThrow('the one beside it');
});

test('the path counts from the folder that the user is in', async () => {
  const path = await moduleWith(exporting(GOOD));
  await expect(loadScenario(relative(process.cwd(), path))).resolves.toMatchObject({ name: 'shop' });
});

test('what a step need not have is kept where it is there', async () => {
  const path = await moduleWith(
    exporting(step(`name: 'a', description: 'A', expects: 'nothing', prepare() {}, run() {}, cleanUp() {}`)),
  );
  const [loaded] = (await loadScenario(path)).steps;
  expect(Object.keys(loaded ?? {}).toSorted()).toEqual(
    ['name', 'description', 'expects', 'prepare', 'run', 'cleanUp'].toSorted(),
  );
});

test.each([
  ['a.mjs', 'const a = 1;\n\nexport default { name: "a" steps: [] };', 3],
  ['a.mts', 'const a: number = 1;\nexport default { name: "a" steps: [] };', 2],
  ['a.cjs', '\n\n\nmodule.exports = { name: "a" steps: [] };', 4],
  ['a.mjs', 'export const a = 1;\n\nmissing();\n', 3],
])('a mistake in %s is named with its line', async (name, source, line) => {
  await expect(loadInNode(await moduleWith(source, name))).rejects.toThrow(`line ${String(line)}: `);
});

test.each([
  ['that does not parse', 'export const a = 1;\nexport const steps = [ {];', 2],
  ['that throws', '\nexport const steps = missing();', 2],
])('a mistake in an imported file %s is named with file and line', async (_, source, line) => {
  const path = await moduleWith("import { steps } from './steps.mjs';\nexport default { name: 'a', steps };");
  await writeFile(join(dirname(path), 'steps.mjs'), source);
  await expect(loadInNode(path)).rejects.toThrow(`steps.mjs, line ${String(line)}: `);
});

test('a module that waits for what never comes does not end the process without a word', async () => {
  const load = `import { importModule } from ${JSON.stringify(IMPORT_MODULE)}; await importModule(process.argv[1], 100);`;
  const path = await moduleWith('await new Promise(() => {});');
  await expect(inNode(load, path)).rejects.toThrow('it was not loaded within 0.1 s');
});

test('the page and the set-up are kept', async () => {
  const source = exporting(`{ ...${GOOD}, url: 'http://shop.test/', async setUp() {} }`);
  expect(await loadScenario(await moduleWith(source))).toMatchObject({
    url: 'http://shop.test/',
    setUp: expect.any(Function),
  });
});

describe('a scenario is refused, saying what is wrong,', () => {
  test.each([
    ['with a syntax error', 'export default {', /Unexpected|Expected|Parse failure|syntax/i],
    ['that throws', `throw new Error('No database')`, /No database/],
    ['without default export', `export const scenario = ${GOOD}`, /default/],
    ['that is no object', exporting('5'), /default: .*received 5/],
    ['without a name', exporting(`{ steps: [] }`), /default\.name/],
    ['without steps', exporting(`{ name: 'a', steps: [] }`), /default\.steps/],
    ['with a nameless step', exporting(step(`name: '', expects: 'nothing', run() {}`)), /steps\.0\.name/],
    ['with a step that cannot be run', exporting(step(`name: 'a', expects: 'nothing'`)), /steps\.0\.run/],
    [
      'with a run that is no function',
      exporting(step(`name: 'a', expects: 'nothing', run: 'x'`)),
      /steps\.0\.run: Expected a function/,
    ],
    [
      'that expects what does not exist',
      exporting(step(`name: 'a', expects: 'magic', run() {}`)),
      /steps\.0\.expects.*magic/,
    ],
    [
      'with two steps of one name',
      exporting(`{ name: 'a', steps: ['b', 'b'].map((name) => ({ name, expects: 'nothing', run() {} })) }`),
      /default\.steps: Two steps have the same name/,
    ],
  ])('%s', async (_, source, why) => {
    const path = await moduleWith(source);
    await expect(loadScenario(path)).rejects.toMatchObject({
      code: 'bad-scenario',
      message: expect.stringMatching(why),
      hint: expect.stringContaining('export default defineScenario'),
    });
  });

  test('that is not there', async () => {
    await expect(loadScenario('/nowhere/scenario.mjs')).rejects.toMatchObject({
      code: 'bad-scenario',
      message: 'There is no scenario /nowhere/scenario.mjs',
    });
  });
});

test('what is wrong in a scenario shows in the editor', () => {
  // @ts-expect-error a step must say what it expects.
  expect(defineScenario({ name: 'a', steps: [{ name: 'b', run }] })).toBeDefined();
  // @ts-expect-error a step without run does nothing.
  expect(defineScenario({ name: 'a', steps: [{ name: 'b', expects: 'nothing' }] })).toBeDefined();
});

const run = async (): Promise<void> => {
  // Types only.
};
