import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** One source file, by its path from the repository's root with slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** All source files below these folders. */
export const sourcesIn = (...folders: readonly string[]): readonly Source[] =>
  pathsIn(folders)
    .filter((path) => /\.(ts|mjs|js)$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

/** Everything below these folders. */
export const pathsIn = (folders: readonly string[]): readonly string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .toSorted(),
  );

const IMPORT =
  /^(?:import|export)\b[^'"`;]*?\bfrom\s*'([^']+)'|^import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

/** What a file imports, types included: paths from the repository's root, or names of packages. */
export const importsOf = ({ path, text }: Source): readonly string[] =>
  Array.from(text.matchAll(IMPORT), ([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '').map((name) =>
    name.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), name)) : name,
  );

/** The folder that stands for a file in the table of imports. */
export function areaOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  if (path.startsWith('fixtures/')) return `${first}/${second}`;
  return first === 'src' ? dirname(path).split('/').slice(0, 2).join('/') : first;
}

/** A file's code without comments and the insides of strings. */
export const codeOf = ({ text }: Source): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/.*/g, "''");
