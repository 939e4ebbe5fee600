import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { areaOf, codeOf, importsOf, pathsIn, type Source, sourcesIn } from './sources.ts';

const PURE = [
  'src/base',
  'src/trace',
  'src/timeline',
  'src/metrics',
  'src/insights',
  'src/stats',
  'src/redact',
  'src/result',
  'src/budget',
  'src/compare',
  'src/source-maps',
  'src/tracks',
];

/** What each folder may import: folders, or single files. A folder may always import itself. Type imports count. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/base': [],
  'src/trace': ['src/base'],
  'src/metrics': ['src/base'],
  'src/stats': ['src/base'],
  'src/timeline': ['src/base', 'src/trace'],
  'src/insights': ['src/base', 'src/timeline', 'src/metrics'],
  'src/redact': [],
  'src/result': ['src/base', 'src/timeline', 'src/insights', 'src/metrics', 'src/redact'],
  'src/tracks': ['src/base', 'src/timeline', 'src/insights', 'src/redact', 'src/result'],
  'src/budget': ['src/base', 'src/result', 'src/stats'],
  'src/compare': ['src/base', 'src/result', 'src/stats'],
  'src/source-maps': ['src/base', 'src/redact', 'src/result'],
  // The public API and the pipelines: everything that runs anywhere.
  src: PURE,
  'src/node': ['src/base'],
  'src/capture': ['src/base', 'src/node', 'src/result', 'src/redact'],
  'src/server': [],
  cli: ['src/index.ts', 'src/node', 'src/capture', 'src/redact', 'fixtures/lab/start-lab.ts'],
  // Its worker runs the whole analysis.
  viewer: ['src/base', 'src/result', 'src/tracks', 'src/analyze.ts'],
  'fixtures/lab': ['src/base', 'src/server'],
  // Records as the command line does, and reads the session that it leaves.
  'fixtures/django': ['src/base', 'src', 'src/node', 'src/capture', 'fixtures/lab', 'cli'],
  // Records with the product's own pieces.
  'fixtures/record': ['src/capture'],
  // The build reads what it has just compiled.
  scripts: ['dist'],
};

/** Which folders may import a package. Packages that are not named here may be imported nowhere. */
const PACKAGES: readonly { readonly name: RegExp; readonly folders: readonly string[] }[] = [
  {
    name: /^node:/,
    folders: [
      'src/node',
      'src/capture',
      'src/server',
      'cli',
      'fixtures/lab',
      'fixtures/django',
      'fixtures/record',
      'scripts',
    ],
  },
  { name: /^(puppeteer-core|@puppeteer\/browsers|@puppeteer\/replay)(\/|$)/, folders: ['src/capture'] },
  { name: /^(assemblyscript|rolldown)(\/|$)/, folders: ['scripts'] },
  {
    name: /^(commander|@commander-js\/extra-typings|cli-table3|cli-progress)$/,
    folders: ['cli'],
  },
  { name: /^(xmlbuilder2|sarif)$/, folders: ['cli'] },
  { name: /^d3-/, folders: ['viewer'] },
  {
    name: /^valibot$/,
    folders: ['src/result', 'src/budget', 'src/capture', 'fixtures/lab', 'fixtures/django'],
  },
  { name: /^@valibot\/to-json-schema$/, folders: ['scripts'] },
  { name: /^@jridgewell\/trace-mapping$/, folders: ['src/source-maps'] },
  { name: /^chrome-trace-event$/, folders: ['src/server'] },
];

const sources = sourcesIn('src', 'cli', 'viewer', 'fixtures', 'scripts');
const each = sources.map((source) => [source.path, source] as const);

const isPath = (name: string): boolean =>
  /^(\.\.\/|src\/|cli\/|viewer\/|fixtures\/|scripts\/|dist\/)/.test(name);

/** Imports of other folders that the table does not list. */
function strays(source: Source): readonly string[] {
  const own = areaOf(source.path);
  const allowed = new Set([own, ...(MAY_IMPORT[own] ?? [])]);
  return importsOf(source)
    .filter(isPath)
    .filter((target) => !allowed.has(areaOf(target)) && !allowed.has(target));
}

const foreignPackages = (source: Source): readonly string[] =>
  importsOf(source)
    .filter((name) => !isPath(name))
    .filter(
      (name) =>
        !PACKAGES.some((known) => known.name.test(name) && known.folders.includes(areaOf(source.path))),
    );

describe('the table of imports', () => {
  test('has a row for every folder with sources', () => {
    expect(sources.map(({ path }) => areaOf(path)).filter((area) => MAY_IMPORT[area] === undefined)).toEqual(
      [],
    );
  });

  test('points one way: no folder can reach itself', () => {
    const next = (area: string): readonly string[] =>
      (MAY_IMPORT[area] ?? []).map((entry) => (entry.endsWith('.ts') ? areaOf(entry) : entry));
    const reach = (area: string): readonly string[] =>
      next(area).flatMap((other) => [other, ...reach(other)]);
    expect(Object.keys(MAY_IMPORT).filter((area) => reach(area).includes(area))).toEqual([]);
  });

  test('allows nothing that nobody imports', () => {
    const used = new Set(
      sources.flatMap((source) =>
        importsOf(source).flatMap((target) =>
          [target, areaOf(target)].map((to) => `${areaOf(source.path)} → ${to}`),
        ),
      ),
    );
    const rows = Object.entries(MAY_IMPORT).filter(([area]) => area !== 'src');
    const allowed = rows.flatMap(([area, targets]) => targets.map((target) => `${area} → ${target}`));
    expect(allowed.filter((edge) => !used.has(edge))).toEqual([]);
  });

  test('is the one in ARCHITECTURE.md', () => {
    const written = readFileSync(new URL('../../ARCHITECTURE.md', import.meta.url), 'utf8');
    const rows = Array.from(
      written.matchAll(/^\| `(src\/[\w-]+)` .*\|([^|]*)\|$/gm),
      ([, folder = '', cell = '']) => [
        folder,
        Array.from(cell.matchAll(/`([\w-]+)`/g), ([, name]) => `src/${name ?? ''}`).toSorted(),
      ],
    );
    const folders = Object.entries(MAY_IMPORT).filter(([area]) => area.startsWith('src/'));
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(folders.map(([area, targets]) => [area, targets.toSorted()])),
    );
  });

  test('is held against all ways to import', () => {
    const text = [
      "import { a } from '../trace/a.ts';",
      "import type {\n  B,\n  C,\n} from '../result/b.ts';",
      "import 'side-effect';",
      "export { d } from './d.ts';",
      "const e = await import('../../cli/e.ts');",
      "// import { f } from '../f.ts'",
    ].join('\n');
    const source = { path: 'src/base/x.ts', text };
    expect(importsOf(source)).toEqual([
      'src/trace/a.ts',
      'src/result/b.ts',
      'side-effect',
      'src/base/d.ts',
      'cli/e.ts',
    ]);
    expect(strays(source)).toEqual(['src/trace/a.ts', 'src/result/b.ts', 'cli/e.ts']);
    expect(foreignPackages(source)).toEqual(['side-effect']);
  });
});

test.each(each)('%s imports only what its folder may', (_, source) => {
  expect(strays(source)).toEqual([]);
});

test.each(each)("%s imports only its folder's packages", (_, source) => {
  expect(foreignPackages(source)).toEqual([]);
});

/** What can be reached from a file over imports, types included. */
function reachableFrom(start: string, imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const left = [...(imports.get(start) ?? [])];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    left.push(...(imports.get(next) ?? []));
  }
  return reached;
}

test('no file can reach itself', () => {
  const imports = new Map(sources.map((source) => [source.path, importsOf(source)]));
  const circular = sources.filter(({ path }) => reachableFrom(path, imports).has(path));
  expect(circular.map(({ path }) => path)).toEqual([]);
});

test('no folder inside a stage can reach itself over the others', () => {
  const inside = sources.filter(({ path }) => isInside(posix.dirname(path)));
  const imports = new Map<string, readonly string[]>();
  for (const source of inside) {
    const folder = posix.dirname(source.path);
    const others = importsOf(source)
      .map((target) => posix.dirname(target))
      .filter((target) => isInside(target) && target !== folder);
    imports.set(folder, [...(imports.get(folder) ?? []), ...others]);
  }
  expect(imports.size).toBeGreaterThan(20);
  expect([...imports.keys()].filter((folder) => reachableFrom(folder, imports).has(folder))).toEqual([]);
});

/** What lies at the top of a stage serves all its folders, or puts them together: it is in no order. */
const isInside = (folder: string): boolean => /^src\/[^/]+\/./.test(folder);

/** What is run or published as it is, by package.json, by vite, or as a thread or process of its own. */
const STARTED: ReadonlySet<string> = new Set([
  'cli/main.ts',
  'fixtures/django/agent-cost.ts',
  'fixtures/django/main.ts',
  'fixtures/django/page/page.js',
  'fixtures/lab/page/page.js',
  'fixtures/lab/query-worker.ts',
  'fixtures/lab/server.ts',
  'fixtures/record/main.ts',
  'scripts/build-fast-scan.mjs',
  'scripts/list-dependencies.mjs',
  'scripts/make-large-trace.mjs',
  'scripts/setup.mjs',
  'scripts/write-schema.mjs',
  'src/result/schema/schema-calibration.ts',
  'src/server/stack-sampler-thread.ts',
  'viewer/build/content-security-policy.ts',
  'viewer/build/notices.ts',
  'viewer/main.ts',
  'viewer/open.ts',
  'viewer/worker/analyze-file.ts',
]);

test('every file is imported by another or started by itself: none is there for tests alone', () => {
  const imported = new Set(sources.flatMap(importsOf));
  const alone = sources.map(({ path }) => path).filter((path) => !imported.has(path) && !STARTED.has(path));
  expect(alone).toEqual([]);
  expect([...STARTED].filter((path) => !sources.some((source) => source.path === path))).toEqual([]);
});

const ANY = /(?:[:<|&,]|\bas)\s*any\b(?!\s*[:(])/;
const NOT_NULL = /[\w\])]!(?=[.,;)\]\s[])(?!\s*=)/;

const code = (text: string): string => codeOf({ path: 'x.ts', text });

const found = (pattern: RegExp, ...texts: readonly string[]): readonly boolean[] =>
  texts.map((text) => pattern.test(code(text)));

test('the patterns below find what they are for, and nothing in comments and strings', () => {
  expect(found(ANY, 'a: any', 'Map<any>', 'x as any', 'any[] | any[]')).toEqual([true, true, true, true]);
  expect(found(ANY, '// as any', "': any'", '{ any: 1 }', 'isAny(any)')).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(found(NOT_NULL, 'a!.b', 'f(a!)', 'a[0]![1]', 'b = a!;')).toEqual([true, true, true, true]);
  expect(found(NOT_NULL, 'a !== b', 'a != b', '!a.b', '"a!."', '// a!;')).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});

const offenders = (pattern: RegExp): readonly string[] =>
  sources.filter((source) => pattern.test(codeOf(source))).map(({ path }) => path);

describe('no source file', () => {
  test('uses `any`', () => {
    expect(offenders(ANY)).toEqual([]);
  });

  test('asserts that a value is not null', () => {
    expect(offenders(NOT_NULL)).toEqual([]);
  });

  test('has a default export', () => {
    expect(offenders(/^export default\b/m)).toEqual([]);
  });

  test('silences the compiler', () => {
    const silenced = sources.filter(({ text }) => /@ts-(ignore|nocheck|expect-error)/.test(text));
    expect(silenced.map(({ path }) => path)).toEqual([]);
  });

  test('has more than 300 lines', () => {
    const long = sources.filter(({ text }) => text.trimEnd().split('\n').length > 300);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});

test('no folder has a name that says nothing', () => {
  const paths = pathsIn(['src', 'cli', 'viewer', 'fixtures', 'scripts', 'tests']);
  expect(paths.filter((path) => /(^|\/)(utils?|helpers?|common|types)(\/|$)/.test(path))).toEqual([]);
});

/** All files that are loaded as soon as this one is. */
function loadedWith(path: string): readonly string[] {
  const loaded = new Set([path]);
  // A set that grows while it is iterated over yields what was added.
  for (const file of loaded) {
    const { text } = sourceAt(file);
    for (const [, from = ''] of text.matchAll(/^import\b[^;]*?from '(\.[^']+)';/gm))
      loaded.add(posix.join(posix.dirname(file), from));
  }
  return [...loaded];
}

const sourceAt = (path: string): Source =>
  sourcesIn('scripts').find((source) => source.path === path) ?? { path, text: '' };

test('the set-up begins on an older Node, before there are packages', () => {
  const loaded = loadedWith('scripts/setup.mjs').map(sourceAt);
  expect(loaded.length).toBeGreaterThan(5);
  for (const { path, text } of loaded) {
    const names = Array.from(
      text.matchAll(/^import\s+([^;]*?)\s+from '([^']+)';/gm),
      ([, what, from]) => `${from}: ${what}`,
    );
    // Node 20 has neither `globSync` nor `glob`, nor any package.
    expect({ path, tooNew: names.filter((name) => /^node:fs.*\bglob|^[^.n]/.test(name)) }).toEqual({
      path,
      tooNew: [],
    });
  }
});
