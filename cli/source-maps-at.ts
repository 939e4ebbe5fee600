import type { SourceMap } from '../src/index.ts';
import { readSourceMaps } from '../src/node/read-source-maps.ts';

/** What `--source-maps` names: the maps in a folder, or those that the trace itself holds. */
export const sourceMapsAt = async (place: string | undefined): Promise<readonly SourceMap[] | 'inline'> =>
  place === 'inline' ? place : sourceMapsIn(place);

/** None where no folder is given. */
export const sourceMapsIn = async (folder: string | undefined): Promise<readonly SourceMap[]> =>
  folder === undefined ? [] : readSourceMaps(folder);
