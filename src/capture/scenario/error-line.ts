import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** The line of a module at which loading it failed, if it can be told. */
export async function lineOfError(path: string, error: unknown): Promise<number | undefined> {
  if (!(error instanceof Error)) return undefined;
  const inStack = lineIn(error.stack ?? '', path);
  if (inStack !== undefined || !(error instanceof SyntaxError)) return inStack;
  // An import that fails to parse does not say where; a check of the file alone does.
  const { stderr } = await promisify(execFile)(process.execPath, ['--check', path]).catch(
    (failed: unknown) => ({ stderr: hasStderr(failed) ? failed.stderr : '' }),
  );
  return lineIn(stderr, path);
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
