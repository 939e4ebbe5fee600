import type { Session } from '../result/session.ts';
import { authored } from './author-result.ts';
import { locator, type SourceMap } from './source-maps.ts';

/** A session in whose traces files, lines and names are the author's wherever the maps know them. */
export function authoredSession(session: Session, maps: readonly SourceMap[]): Session {
  const locate = locator(maps);
  return {
    ...session,
    loads: session.loads.map((load) => ({
      ...load,
      trace: load.trace === null ? null : authored(load.trace, locate),
    })),
  };
}
