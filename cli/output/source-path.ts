import { isUnavailable, type Measure } from '../../src/index.ts';
import type { SourcePlace } from './judgement-view.ts';

/** The first of these places that is a line of a file. Undefined where none is. */
export function firstSource(
  places: readonly { readonly url: string; readonly line: Measure | null }[],
): SourcePlace | undefined {
  for (const { url, line } of places) {
    const path = sourcePath(url);
    if (path !== undefined && line !== null && !isUnavailable(line)) return { path, line };
  }
  return undefined;
}

/** A script's address as a path in a repository, for tools that show a line beside it. Undefined where it names no file. */
export function sourcePath(address: string): string | undefined {
  const path = URL.canParse(address) ? new URL(address).pathname : address.replace(/[?#].*$/s, '');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  const file = parts.at(-1);
  return file === undefined || !/\.\w+$/.test(file) ? undefined : parts.map(decoded).join('/');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll('/', '_');
  } catch {
    return part;
  }
}
