import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** Where loading a module failed, if it can be told: `line 3`, or `steps.mjs, line 3` in a file that it imports. */
export async function placeOfError(path: string, error: unknown): Promise<string | undefined> {
  if (!(error instanceof Error)) return undefined;
  const files = await withImports(path);
  for (const file of files) {
    const line = lineIn(error.stack ?? '', file);
    if (line !== undefined) return place(path, file, line);
  }
  if (!(error instanceof SyntaxError)) return undefined;
  // An import that fails to parse does not say where; a check of each file alone does.
  for (const file of files) {
    const line = lineIn(await complaintOf(file), file);
    if (line !== undefined) return place(path, file, line);
  }
  return undefined;
}

const place = (path: string, file: string, line: number): string =>
  file === path ? `line ${String(line)}` : `${relative(dirname(path), file)}, line ${String(line)}`;

/** A scenario that is spread over more files is looked through no further. */
const MOST_FILES = 30;

/** A module and the files beside it that it imports, and these. */
async function withImports(path: string): Promise<readonly string[]> {
  const files = [path];
  // The list grows while it is gone through.
  for (const file of files) {
    const source = await readFile(file, 'utf8').catch(() => '');
    for (const [, specifier = ''] of source.matchAll(RELATIVE_IMPORT)) {
      const imported = resolve(dirname(file), specifier);
      if (files.length < MOST_FILES && !files.includes(imported) && existsSync(imported))
        files.push(imported);
    }
  }
  return files;
}

const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;

/** What Node says of a file without running it. */
async function complaintOf(file: string): Promise<string> {
  const { stderr } = await promisify(execFile)(process.execPath, ['--check', file]).catch(
    (failed: unknown) => ({ stderr: hasStderr(failed) ? failed.stderr : '' }),
  );
  return stderr;
}

const hasStderr = (failed: unknown): failed is { readonly stderr: string } =>
  typeof failed === 'object' && failed !== null && 'stderr' in failed && typeof failed.stderr === 'string';

function lineIn(text: string, path: string): number | undefined {
  for (const name of [pathToFileURL(path).href, path]) {
    const at = text.indexOf(`${name}:`);
    const line = at === -1 ? undefined : /^\d+/.exec(text.slice(at + name.length + 1))?.[0];
    if (line !== undefined) return Number(line);
  }
  return undefined;
}
