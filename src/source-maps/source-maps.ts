import { FlattenMap, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';
import { decodeDataUrl } from './data-url.ts';

/** A place in a script that was delivered. Line and column count from 1. */
export interface DeliveredPlace {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** The same place as the author knows it. */
export interface AuthoredPlace extends DeliveredPlace {
  /** What the author calls what stands there. Undefined where the map does not say. */
  readonly name: string | undefined;
}

/** A source map, and of which script. */
export interface SourceMap {
  /** The script's address, or the map's own path: `assets/app.js.map`. */
  readonly of: string;
  /** JSON, parsed or not; or a `data:` address of it. */
  readonly map: unknown;
}

/** Finds what the author wrote. Undefined where no map covers the place. */
export type Locate = (place: DeliveredPlace) => AuthoredPlace | undefined;

/**
 * Looks places up in maps. A script's map is told by the end of its path, since a folder of maps knows nothing of hosts;
 * where two of different scripts fit equally well, neither is used.
 */
export function locator(maps: readonly SourceMap[]): Locate {
  // A script that was loaded twice, by a page and its frame or before and after a reload, has its map twice: the later one.
  const single = new Map(maps.map((map) => [map.of, map])).values();
  const byName = Map.groupBy(single, ({ of }) => pathOf(of).at(-1) ?? '');
  const parsed = new Map<string, TraceMap | undefined>();
  const traceMapOf = (url: string): TraceMap | undefined => {
    if (!parsed.has(url)) parsed.set(url, parse(bestFor(url, byName), url));
    return parsed.get(url);
  };
  return ({ url, line, column }) => {
    const map = traceMapOf(url);
    if (map === undefined) return undefined;
    // The library counts lines from 1 and columns from 0.
    const found = orBroken(() => originalPositionFor(map, { line, column: column - 1 }));
    // A broken map may point to a source that it does not have.
    if (typeof found?.source !== 'string' || !(found.line > 0) || !(found.column >= 0)) return undefined;
    return { url: found.source, line: found.line, column: found.column + 1, name: found.name ?? undefined };
  };
}

/** The parts of a path, without host, query, fragment and the ending of a map. */
const pathOf = (address: string): readonly string[] =>
  address
    .replace(/[?#].*$/s, '')
    .replace(/\.map$/, '')
    .split(/[/\\]+/);

function bestFor(url: string, byName: ReadonlyMap<string, readonly SourceMap[]>): SourceMap | undefined {
  const path = pathOf(url);
  const scored = (byName.get(path.at(-1) ?? '') ?? [])
    .map((map) => ({ map, score: commonEnd(path, pathOf(map.of)) }))
    .toSorted((a, b) => b.score - a.score);
  const [best, second] = scored;
  return best === undefined || best.score === second?.score ? undefined : best.map;
}

/** How many parts at the end two paths have in common. */
function commonEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a.at(-1 - count) === b.at(-1 - count)) count++;
  return count;
}

function parse(found: SourceMap | undefined, url: string): TraceMap | undefined {
  if (found === undefined) return undefined;
  const { map } = found;
  return orBroken(() => {
    const json = typeof map === 'string' && map.startsWith('data:') ? decodeDataUrl(map) : map;
    // A map may be made of sections, one for each file that was put together.
    return new FlattenMap(typeof json === 'string' ? json : JSON.stringify(json), url);
  });
}

/** What is no map, or a broken one, is as good as none: whoever wrote the trace or the folder may have put anything there. */
function orBroken<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
