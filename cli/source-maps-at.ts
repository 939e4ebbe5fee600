import type { SourceMap } from '../src/index.ts';
import { readSourceMaps } from '../src/node/read-source-maps.ts';

/** What `--source-maps` names: the maps in a folder, or those that the trace itself holds. */
export async function sourceMapsAt(place: string | undefined): Promise<readonly SourceMap[] | 'inline'> {
  if (place === 'inline') return place;
  return place === undefined ? [] : readSourceMaps(place);
}
