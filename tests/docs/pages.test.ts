import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { programOf } from '../../cli/program.ts';
import { commandLines, PAGES, textOf, withoutCode } from '../support/documents.ts';
import { fakeIo } from '../support/fake-io.ts';

const { scripts: scriptsOf, files } = await vi.importActual<{
  readonly scripts: object;
  readonly files: readonly string[];
}>('../../package.json');
const scripts = Object.keys(scriptsOf);

/** As GitHub makes them of headings. */
const anchorsOf = (page: string): readonly string[] =>
  Array.from(withoutCode(textOf(page)).matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .replaceAll(/\]\([^)]*\)/g, '')
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Where the links of a page lead within the project. */
const linksOf = (page: string): readonly string[] =>
  Array.from(withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g), ([, to = '']) => to).filter(
    (to) => !/^[a-z]+:/.test(to),
  );

/** What is wrong with a link, if anything is. */
function brokenLinks(page: string): readonly string[] {
  return linksOf(page).filter((to) => {
    const [path = '', anchor] = to.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
  });
}

/** What the package holds: what `files` lists, and what npm always adds. */
const isPacked = (path: string): boolean =>
  ['README.md', 'LICENSE', ...files].some((packed) => path === packed || path.startsWith(`${packed}/`));

const commands = programOf(fakeIo(), () => undefined).commands.map((command) => ({
  name: command.name(),
  flags: new Set(['--help', ...command.options.flatMap(({ long, short }) => [long ?? '', short ?? ''])]),
}));

/** What a command line has that the program does not. Words in quotes are the values of flags. */
function strangeIn(line: string): readonly string[] {
  const [name = '', ...words] = line.replaceAll(/"[^"]*"|'[^']*'/g, 'value').split(/\s+/);
  const command = commands.find((known) => known.name === name);
  if (command === undefined) return [name];
  return words
    .map((word) => word.split('=')[0] ?? '')
    .filter((word) => /^--?[a-z]/.test(word) && !command.flags.has(word));
}

/** Flags of the project's own scripts, and of other programs. */
const OTHER_FLAGS = [
  '--rounds',
  '--quick',
  '--large',
  '--viewer',
  '--spans',
  '--megabytes',
  '--mode',
  '--agent',
  '--growth',
  '--trace-opt',
  '--no-maglev',
  '--folder',
  '--minutes',
  '--minutes-each',
  '--kills',
  '--case',
  '--check',
  '--boundaries',
  '--budgets',
  '--comparisons',
  '--patterns',
  '--clients',
  '--query-ms',
  '--trace',
  '--level',
  '--database',
  '--run',
  // Stryker, npm and Vitest
  '--no-save',
  '--mutate',
  '--sequence',
  // A comment of SQL
  '--x',
  // What it passes on, or decided about: Chrome, V8, commander
  '--ignore-certificate-errors',
  '--version',
  '--efficiency-mode',
  '--no-turbofan',
  '--no-incremental-marking',
  '--single-threaded-gc',
  '--always-sparkplug',
  '--semi-space-growth-factor',
  // npm, vitest, Node, Chrome, GitHub's gh
  '--save-dev',
  '--project',
  '--import',
  '--no-sandbox',
  '--paginate',
  '--jq',
  '--experimental-sqlite',
];

test('there are pages, and command lines on them', () => {
  expect(PAGES.length).toBeGreaterThan(40);
  expect(commandLines('README.md').length).toBeGreaterThan(5);
  expect(commandLines('docs/ci.md').length).toBeGreaterThan(2);
});

test('what is strange is found', () => {
  expect(strangeIn('record http://a.test/ --click "--no-flag" --clik b -n 3')).toEqual(['--clik']);
  expect(strangeIn('rekord')).toEqual(['rekord']);
});

describe.each(PAGES)('%s', (page) => {
  test('has links that lead somewhere, headings included', () => {
    expect(brokenLinks(page)).toEqual([]);
  });

  test.runIf(isPacked(page))('leads from the package nowhere outside of it', () => {
    const linked = linksOf(page).map((to) => join(dirname(page), to.split('#')[0] ?? ''));
    expect(linked.filter((path) => path !== dirname(page) && !isPacked(path))).toEqual([]);
  });

  test('has command lines that the program knows', () => {
    expect(commandLines(page).flatMap(strangeIn)).toEqual([]);
  });

  test('names no script that package.json does not have', () => {
    const named = Array.from(
      textOf(page).matchAll(/npm run (?:-s )?([a-z][\w:]*)/g),
      ([, name = '']) => name,
    );
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });

  test('names no flag that does not exist', () => {
    const flags = Array.from(textOf(page).matchAll(/(?<![\w-])--[a-z][a-z-]*/g), ([flag]) => flag);
    const known = new Set([...commands.flatMap((command) => [...command.flags]), ...OTHER_FLAGS]);
    expect(flags.filter((flag) => !known.has(flag))).toEqual([]);
  });
});
